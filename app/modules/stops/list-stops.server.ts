import type { ChannelName } from "#app/channels/channel.ts";
import { cutPage, PAGE_ROWS } from "#app/lib/page-by-key.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireOwnRight } from "#app/modules/access/require-right.ts";
import type { RejectReason } from "#app/modules/audiences/audience.ts";
import { readNumber } from "#app/modules/audiences/read-number.ts";
import type { Tx } from "#db/tx.ts";
import { type ShownStop, STOP_COLUMNS, STOP_PEOPLE, type StopRow, shownStop } from "./shown-stop.ts";

/** Entries looked at for one page of a list that is narrowed to a channel; then it says how far it came. */
const STOPS_SCANNED = 20_000;

export interface StopFilter {
	/** A number as somebody typed it; "": all. */
	q: string;
	channel?: ChannelName;
	after?: number;
}

export interface StopList {
	rows: ShownStop[];
	nextAfter: number | null;
	/** Why what was searched for is no number. */
	flaw: RejectReason | null;
}

/**
 * The stop list of the actor's account, newest first, 50 a page: what holds. Everything about one number is shown, also what was taken
 * back. A channel's entries are those of the channel and of its senders.
 *
 * @throws Response 403
 */
export function listStops(tx: Tx, actor: Actor, { q, channel, after }: StopFilter): StopList {
	requireOwnRight(actor, "stops.read");
	const read = q === "" ? null : readNumber(q, actor.account.country);
	if (read && "reason" in read) return { rows: [], nextAfter: null, flaw: read.reason };
	const where = { accountId: actor.account.id, channel: channel ?? null, before: after ?? Number.MAX_SAFE_INTEGER };
	const { rows, nextAfter } = read ? ofNumber(tx, where, read.phone) : page(tx, where);
	return { rows: rows.map((row) => shownStop(actor, row)), nextAfter, flaw: null };
}

interface Where {
	accountId: number;
	channel: ChannelName | null;
	before: number;
}

function page(tx: Tx, where: Where) {
	const rows = tx
		.sql<StopRow>(
			`SELECT ${STOP_COLUMNS} FROM (
			   SELECT * FROM stops WHERE account_id = @accountId AND lifted_at_utc IS NULL AND id < @before ORDER BY id DESC LIMIT ${STOPS_SCANNED}) s
			 ${STOP_PEOPLE}
			 WHERE @channel IS NULL OR s.channel = @channel ORDER BY s.id DESC LIMIT ${PAGE_ROWS + 1}`,
		)
		.all(where);
	const cut = cutPage(rows);
	return cut.nextAfter === null && where.channel !== null ? { ...cut, nextAfter: scannedTo(tx, where) } : cut;
}

/** The id at which a narrowed page stopped looking; null: it came to the end of the list. */
function scannedTo(tx: Tx, where: Where): number | null {
	const row = tx
		.sql<{ id: number }>(
			`SELECT id FROM stops WHERE account_id = @accountId AND lifted_at_utc IS NULL AND id < @before
			  ORDER BY id DESC LIMIT 1 OFFSET ${STOPS_SCANNED - 1}`,
		)
		.get({ accountId: where.accountId, before: where.before });
	return row?.id ?? null;
}

/** The two halves have an index each. */
function ofNumber(tx: Tx, where: Where, phone: string) {
	const half = (holds: "IS NULL" | "IS NOT NULL") =>
		`SELECT ${STOP_COLUMNS} FROM stops s ${STOP_PEOPLE}
		  WHERE s.account_id = @accountId AND s.recipient = @phone AND s.lifted_at_utc ${holds} AND s.id < @before
		    AND (@channel IS NULL OR s.channel = @channel)`;
	const rows = tx
		.sql<StopRow>(`${half("IS NULL")} UNION ALL ${half("IS NOT NULL")} ORDER BY id DESC LIMIT ${PAGE_ROWS + 1}`)
		.all({ ...where, phone });
	return cutPage(rows);
}
