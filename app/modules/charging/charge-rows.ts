import type { ChannelName } from "#app/channels/channel.ts";
import type { DayRow } from "#app/modules/ledger/money-day.ts";
import type { ChargedLeg, ChargedTiers } from "./charge-parts.ts";

interface Charged extends ChargedTiers {
	accountId: number;
	country: string;
	kind: string;
	channel: ChannelName;
	/** Of the second leg's messages, where there is one. */
	secondChannel: ChannelName | null;
}

/**
 * What charged messages bring and take at every tier, for the day totals.
 *
 * @param quantity below zero: given back.
 * @param costMicros what providers take for all of them together.
 */
export function chargeRows(of: Charged, leg: ChargedLeg, quantity: number, costMicros: number): DayRow[] {
	const { country, kind, rootId } = of;
	const channel = leg === "first" ? of.channel : of.secondChannel!;
	const tiers = (leg === "first" ? of.tiers : of.secondTiers) ?? [];
	const base = { channel, country, kind, messages: quantity };
	let paid = 0;
	let childId = of.accountId;
	const rows = tiers.map(({ accountId, unitMicros }): DayRow => {
		const row = { ...base, accountId, childId, revenueMicros: paid, costMicros: unitMicros * quantity || 0 };
		paid = row.costMicros;
		childId = accountId;
		return row;
	});
	return [...rows, { ...base, accountId: rootId, childId, revenueMicros: paid, costMicros }];
}
