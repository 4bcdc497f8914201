import type { Actor } from "#app/modules/access/actor.ts";
import { hasRight, requireOwnRight } from "#app/modules/access/require-right.ts";
import { findAccount } from "#app/modules/accounts/find-account.server.ts";
import { type DayRow, dateOfDay } from "#app/modules/ledger/money-day.ts";
import { currency } from "#app/modules/platform/currency.server.ts";
import { readBooks, type Tx } from "#db/tx.ts";
import { listBranches } from "./branches.server.ts";
import type { Period } from "./period.ts";
import { added, NOTHING, sumsBy } from "./sums.ts";

export type Totals = Awaited<ReturnType<typeof getTotals>>;

/**
 * What an account earned and paid in a period: as a whole, or of one account that was directly below it. A client sees what it
 * spent. Everything is the account's own rows, so that nobody sees what others get or pay.
 *
 * @param ask.branch id or login, as typed; "": all.
 * @throws Response 403
 */
export async function getTotals(actor: Actor, ask: { period: Period; branch: string; after?: number }) {
	requireOwnRight(actor, "money.read");
	const { period, after } = ask;
	const isClient = actor.account.kind === "client";
	const begun = readBooks((tx) => {
		const branch = isClient || ask.branch === "" ? null : findBranch(tx, actor, ask.branch);
		const childId = isClient ? actor.account.id : (branch?.id ?? 0);
		const isUnknown = branch !== null && branch.id === null;
		return { currency: currency(tx), branch, rows: isUnknown ? [] : dayRows(tx, actor.account.id, childId, period) };
	});
	const { rows, branch } = begun;
	const isWhole = !isClient && branch === null;
	return {
		...{ period, branch, isClient, typed: ask.branch, currency: begun.currency },
		sums: rows.reduce(added, NOTHING),
		byDay: sumsBy(rows, ({ day }) => (period.unit === "day" ? dateOfDay(day) : dateOfDay(day).slice(0, 7))),
		byChannel: sumsBy(rows, ({ channel }) => channel).sort((a, b) => b.messages - a.messages),
		// The rows over everybody name no country.
		byCountry: isWhole
			? []
			: sumsBy(
					rows.filter(({ channel }) => channel !== ""),
					({ country }) => country,
				).sort((a, b) => b.messages - a.messages),
		branches: isWhole ? await listBranches(actor, period, after) : null,
	};
}

/** One stretch of the table. */
function dayRows(tx: Tx, accountId: number, childId: number, { fromDay, toDay }: Period): (DayRow & { day: number })[] {
	return tx
		.sql<DayRow & { day: number }>(
			`SELECT day, channel, country, messages, revenue_micros AS revenueMicros, cost_micros AS costMicros FROM money_days
			  WHERE account_id = ? AND child_id = ? AND day BETWEEN ? AND ? ORDER BY day`,
		)
		.all(accountId, childId, fromDay, toDay);
}

/** Whom the reader means: one of its scope, or by its id one that has paid it before; `id` null: nobody that it may know of. */
function findBranch(tx: Tx, actor: Actor, typed: string): { id: number | null; name: string | null } {
	const found = hasRight(actor, "accounts.read") ? findAccount(tx, actor, typed) : undefined;
	if (found) return { id: found.id, name: found.name };
	const id = /^\d{1,15}$/.test(typed) ? Number(typed) : 0;
	const hasPaid = tx
		.sql("SELECT 1 FROM money_days WHERE account_id = ? AND child_id = ? AND child_id > 0 LIMIT 1")
		.get(actor.account.id, id);
	return { id: hasPaid ? id : null, name: null };
}
