import { randomUUID } from "node:crypto";
import { cutPage, PAGE_ROWS, readAfter } from "#app/lib/page-by-key.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { hasRight, requireRight } from "#app/modules/access/require-right.ts";
import { requireAccountBelow } from "#app/modules/accounts/require-account.server.ts";
import { currency } from "#app/modules/platform/currency.server.ts";
import { requireBuyer } from "#app/modules/pricing/require-buyer.server.ts";
import type { Tx } from "#db/tx.ts";
import { MONTHS_AHEAD } from "./fee.schema.ts";
import { FEE_COLUMNS, type Fee } from "./fee.ts";
import { feeSenders } from "./fee-senders.server.ts";
import { monthOf, monthPlus } from "./month.ts";

export type FeesPage = ReturnType<typeof getFeesPage>;
export type ShownFee = FeesPage["fees"][number];

/**
 * What an account directly below the actor's pays it by the month, newest first, 50 a page; and what a new fee can be for.
 *
 * @param url of the page: `?after=` of the list, `?fee=` the one whose end is to be changed.
 * @throws Response 403; AccountNotFoundError (also for who does not stand directly below), AccountStateError (closed)
 */
export function getFeesPage(tx: Tx, actor: Actor, accountId: number, url: string, now = Date.now()) {
	requireRight(actor, "money.read");
	const { id, name } = requireBuyer(tx, actor, accountId, "money.read");
	const { path, timeZone } = requireAccountBelow(tx, actor, accountId);
	const after = readAfter(url);
	const rows = tx
		.sql<Fee>(
			`SELECT ${FEE_COLUMNS} FROM fees f WHERE f.account_id = ? AND f.seller_account_id = ? AND f.id < ? ORDER BY f.id DESC LIMIT ?`,
		)
		.all(id, actor.account.id, after ?? Number.MAX_SAFE_INTEGER, PAGE_ROWS + 1);
	const { rows: fees, nextAfter } = cutPage(rows);
	const mayChange = hasRight(actor, "prices.update");
	const wanted = Number(new URL(url).searchParams.get("fee"));
	const month = monthOf(now, timeZone);
	const chosen = fees.find((fee) => fee.id === wanted && fee.tryAtUtc !== null);
	return {
		account: { id, name },
		timeZone,
		currency: currency(tx),
		fees: fees.map(shownFee),
		nextAfter,
		isFirst: after === undefined,
		mayChange,
		formKey: randomUUID(),
		senders: feeSenders(tx, path),
		months: Array.from({ length: MONTHS_AHEAD + 1 }, (_, at) => monthPlus(month, at)),
		chosen: mayChange && chosen ? { ...shownFee(chosen), ends: endsOf(chosen, month) } : null,
	};
}

/** Of a fee that is not over: from the last month that was charged on. */
function endsOf(fee: Fee, now: string): string[] {
	const ends: string[] = [];
	for (let month = monthPlus(fee.nextMonth, -1); month <= monthPlus(now, MONTHS_AHEAD); month = monthPlus(month, 1))
		ends.push(month);
	return ends;
}

/** As both sides see it. */
export function shownFee(fee: Fee) {
	const { id, channel, sender, amountMicros, fromMonth, lastMonth, nextMonth, timeZone, unpaidSinceUtc, note } = fee;
	const isOver = fee.tryAtUtc === null;
	return { id, channel, sender, amountMicros, fromMonth, lastMonth, nextMonth, timeZone, unpaidSinceUtc, note, isOver };
}
