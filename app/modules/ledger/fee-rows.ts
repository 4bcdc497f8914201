import type { DayRow } from "./money-day.ts";
import type { Part } from "./transfer.ts";

/**
 * What a fee brings and takes by day: whoever pays it, and up the branch each one that keeps a part of it and pays the rest on.
 *
 * @param payerId whose fee it is, the lowest.
 * @param parts of the transfer, those above in the order of the branch, from below.
 */
export function feeRows(payerId: number, parts: readonly Pick<Part, "accountId" | "amountMicros">[]): DayRow[] {
	const nets = new Map<number, number>([[payerId, 0]]);
	for (const { accountId, amountMicros } of parts) nets.set(accountId, (nets.get(accountId) ?? 0) + amountMicros);
	let paid = 0;
	let childId = payerId;
	return [...nets].map(([accountId, net]) => {
		const revenueMicros = paid;
		// What stays with nobody goes on to the next above.
		paid -= net;
		const row = { accountId, childId, channel: "" as const, country: "", kind: "fee", messages: 0 };
		childId = accountId;
		return { ...row, revenueMicros, costMicros: paid || 0 };
	});
}
