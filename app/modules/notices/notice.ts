import type { AlarmKind } from "#app/modules/alarms/alarm.ts";

/** What the words of each kind of notice need. */
export interface NoticeDetails {
	/** Signed in from an address and browser that the person was not known by. */
	"sign-in.new": { address: string; browser: string; system: string };
	/** `above`: by an account above; `account`: by somebody of the person's own account. */
	"password.changed": { by: "self" | "account" | "above" };
	"second-factor.changed": { isOn: boolean; by: "self" | "account" | "above" };
	/** Somebody of an account above came into the cabinet. Who that was is told by the reader's own standing, when it is read. */
	"cabinet.entered": { behindAccountId: number; reason: string; isReadOnly: boolean; endsAtUtc: number };
	/** The person's role is another now, or the role itself was changed. */
	"role.changed": { role: string };
	"campaign.done": { campaignId: number; name: string };
	/** Paused by the system; `cause`: a key of CAUSES. */
	"campaign.halted": { campaignId: number; name: string; cause: string };
	/** Something is wrong with a provider, or is over; for the admin's people only. */
	"provider.alarm": { providerId: number; name: string; alarm: AlarmKind; measured: string; isOver: boolean };
	/** The nightly recount has found counters that are wrong; told to the platform's owners. */
	"counts.differ": { recountId: number; differences: number };
	/** The ledger could not be proved; told to the platform's owners. */
	"ledger.differs": { differences: number };
	/** The regular backup could not be made; Unix ms, null: none ever was. */
	"backup.failed": { node: string; error: string; lastGoodAtUtc: number | null };
	/** An account below could not send: the dealer sells to it below its own cost, and its balance does not cover the difference. */
	"cover.missing": { accountId: number; name: string };
	/** Less can be spent than the account's people wanted to be told of. */
	"balance.low": { spendableMicros: number; lowMicros: number; currency: string };
	/** The same of an account directly below. */
	"balance.low-below": NoticeDetails["balance.low"] & { accountId: number; name: string };
	/** A campaign of an account directly below was stopped by the brake, and waits to be released. */
	"campaign.waits": { campaignId: number; name: string; accountName: string; people: number };
	/** A month's fee is due and the balance does not cover it; `sender`: "" for the account's own. `month`: "2026-11". */
	"fee.unpaid": { sender: string; month: string; amountMicros: number; currency: string };
	/** The same of an account directly below. */
	"fee.unpaid-below": NoticeDetails["fee.unpaid"] & { accountId: number; name: string };
	/** What the person had saved, and the books have lost; `more`: that many others of the same person's. `lostId`: up to which it speaks. */
	"write.lost": { lostId: number; verb: string; name: string; amount: string; writtenAtUtc: number; more: number };
	/** Told to the platform's owners: how many entries the taking over `epoch` missed. */
	"writes.lost": { lostId: number; epoch: number; count: number; foundAtUtc: number };
}

export type NoticeKind = keyof NoticeDetails;

/** Every kind, in the order in which people choose; `canMute`: what concerns the safety of the account is always told. */
export const NOTICE_KINDS: readonly { kind: NoticeKind; canMute: boolean }[] = [
	{ kind: "campaign.done", canMute: true },
	{ kind: "campaign.halted", canMute: true },
	{ kind: "sign-in.new", canMute: false },
	{ kind: "password.changed", canMute: false },
	{ kind: "second-factor.changed", canMute: false },
	{ kind: "cabinet.entered", canMute: false },
	{ kind: "role.changed", canMute: false },
	// Not to be muted, because the list of what can be is shown to people who know of no providers.
	{ kind: "provider.alarm", canMute: false },
	{ kind: "counts.differ", canMute: false },
	{ kind: "ledger.differs", canMute: false },
	{ kind: "backup.failed", canMute: false },
	{ kind: "cover.missing", canMute: false },
	{ kind: "balance.low", canMute: false },
	{ kind: "balance.low-below", canMute: false },
	{ kind: "campaign.waits", canMute: false },
	{ kind: "fee.unpaid", canMute: false },
	{ kind: "fee.unpaid-below", canMute: false },
	{ kind: "write.lost", canMute: false },
	{ kind: "writes.lost", canMute: false },
];

export function canMute(kind: NoticeKind): boolean {
	return NOTICE_KINDS.some((one) => one.kind === kind && one.canMute);
}

/** One as it is stored. */
export type Notice = {
	[Kind in NoticeKind]: { id: number; kind: Kind; detail: NoticeDetails[Kind]; atUtc: number; isSeen: boolean };
}[NoticeKind];
