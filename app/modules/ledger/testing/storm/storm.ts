import { join } from "node:path";
import type { Actor } from "#app/modules/access/actor.ts";
import { ALL_RIGHTS } from "#app/modules/access/rights.ts";
import type { Terms } from "#app/modules/charging/charge-after.ts";
import type { Operation } from "#app/modules/money/testing/operation.ts";
import type { PriceChange } from "#app/modules/pricing/price-change.ts";

/** An account of the storm, as it can be handed to another process. */
export interface Place {
	id: number;
	path: string;
	kind: "admin" | "dealer" | "client";
}

export interface StormCampaign {
	id: number;
	accountId: number;
	channel: StormChannel;
	/** Of each person, in the order of their numbers, which is the order of the messages. */
	countries: string[];
}

export const STORM_CHANNELS = ["viber", "sms"] as const;
export type StormChannel = (typeof STORM_CHANNELS)[number];

/** What there is before the first operation; all processes work on it. */
export interface Scene {
	seed: number;
	workers: number;
	/** Of each worker. */
	operations: number;
	accounts: Place[];
	campaigns: StormCampaign[];
	providerId: number;
	/** Of one message, by country. */
	costs: Record<string, number>;
	terms: Record<StormChannel, Terms>;
	prices: StormPrice[];
}

export interface StormPrice {
	sellerId: number;
	/** 0: everybody directly below. */
	buyerId: number;
	channel: StormChannel;
	/** "": any. */
	country: string;
	unitMicros: number;
}

/** One operation, with all that it takes to do it again under its own key. */
export type StormOp =
	| { do: "money"; of: Operation }
	/** One that was done before is asked for again: nothing may move. */
	| { do: "again"; of: Operation }
	| { do: "price"; sellerId: number; change: PriceChange; version: number; losses?: string }
	| { do: "start"; campaignId: number; version: number; coverOnly: boolean }
	| { do: "freeze"; campaignId: number }
	| { do: "settle"; campaignId: number; batchId: number; attempt: number; firstMessageId: number; results: number[] }
	| { do: "hear"; campaignId: number; messageIds: number[]; to: number; cause: number | null }
	| { do: "cancel"; campaignId: number; version: number }
	| { do: "close"; campaignId: number };

/** A line of a worker's own file: what it is about to do, and what came of it. */
export type Line = { at: number; op: StormOp } | { at: number; outcome: string; isRetry: boolean };

/** Lines that were written to their end; death cuts a line off only of an operation that had not begun, or whose answer nobody had. */
export function linesOf(text: string): Line[] {
	return text.split("\n").flatMap((line) => {
		try {
			return [JSON.parse(line) as Line];
		} catch {
			return [];
		}
	});
}

export const keyOf = (worker: number, at: number) => `${worker}:${at}`;
export const scenePath = (folder: string) => join(folder, "scene.json");
export const linesPath = (folder: string, worker: number) => join(folder, `worker-${worker}.jsonl`);

/** The owner of an account, who may do everything there. */
export function ownerOf(place: Place): Actor {
	return {
		...{ userId: place.id, behindUserId: null, role: "owner", rights: ALL_RIGHTS, branches: [place.path] },
		account: { ...place, name: "", timeZone: "UTC", country: "UA", locale: "en" },
	};
}
