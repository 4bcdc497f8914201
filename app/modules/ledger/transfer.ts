import type { ledgerBooks } from "#db/schema/index.ts";

export type BookKind = (typeof ledgerBooks.$inferSelect)["kind"];

/** What a transfer is for. */
export const TRANSFER_KINDS = [
	/** Money from beyond the installation, put in by the owner; and taken out. */
	"deposit",
	"withdrawal",
	/** From the account above to this one; and back. */
	"top_up",
	"take_back",
	/** The whole balance goes back up. */
	"zeroing",
	/** For messages: set aside when the audience is frozen; charged; given back; given back after having been charged. */
	"hold",
	"capture",
	"release",
	"refund",
	/** What was owed is paid out of what came in. */
	"settlement",
	/** By the month. */
	"fee",
] as const;
export type TransferKind = (typeof TRANSFER_KINDS)[number];

/** One book's part of a transfer, in micro-units of the installation's currency: above zero, it gets more. */
export interface Part {
	accountId: number;
	book: BookKind;
	amountMicros: number;
}

/** Who moves the money; null: the system. */
export type By = { userId: number; behindUserId: number | null; account: { id: number } } | null;

export interface NewTransfer {
	/** Names the operation once and for all: given by the form or the caller, or built from what only happens once. */
	opId: string;
	/** What was asked for, as JSON: the same key with another input is another operation under a used key, and refused. */
	input: unknown;
	kind: TransferKind;
	/** Whose money it is about: the account below, where there are two. */
	accountId: number;
	by: By;
	note?: string;
	/** Messages that it is for. */
	messages?: { campaignId: number; priceClass: number; quantity: number; isSecondLeg?: boolean };
	/** Several of one book are added up; those that come to nothing are left out. */
	parts: Part[];
}

export interface Posted {
	transferId: number;
	/** It had been made before, by the same operation: nothing moved now. */
	isRepeat: boolean;
}
