import { sortKey } from "#app/lib/sort-key.ts";
import type { TransferKind } from "#app/modules/ledger/transfer.ts";
import type { Tx } from "#db/tx.ts";
import type { HistoryFilter } from "./history-filter.ts";
import type { PeriodIds } from "./period-ids.server.ts";

/** A transfer's part in one book of an account, as it is stored. */
export interface StoredLine {
	/** Of the transfer. */
	id: number;
	/** Unix ms. */
	atUtc: number;
	kind: TransferKind;
	note: string;
	campaignId: number | null;
	/** Messages. */
	quantity: number | null;
	amountMicros: number;
	/** Of the book, after it. */
	balanceMicros: number;
}

/** So many postings are looked at for one answer; then it says how far it came, and the reader looks on. */
export const LINES_SCANNED = 4_000;

export interface Walk extends Pick<HistoryFilter, "kind" | "words" | "campaign">, PeriodIds {
	accountId: number;
	bookId: number;
}

const COLUMNS = `t.id, t.at_utc AS atUtc, t.kind, t.note, t.campaign_id AS campaignId, t.quantity, p.amount_micros AS amountMicros,
	p.balance_micros AS balanceMicros`;

/** A book is one stretch of postings: read backwards from its end. */
const BY_BOOK = `SELECT ${COLUMNS} FROM postings p CROSS JOIN transfers t ON t.id = p.transfer_id
	WHERE p.book_id = @bookId AND p.account_id = @accountId AND p.transfer_id < @before AND p.transfer_id >= @fromId
	ORDER BY p.transfer_id DESC LIMIT @scanned`;

/** Of a campaign there are some thousand transfers, one for each batch that was applied. */
const BY_CAMPAIGN = `SELECT ${COLUMNS} FROM transfers t INDEXED BY transfers_campaign
	CROSS JOIN postings p ON p.book_id = @bookId AND p.transfer_id = t.id AND p.account_id = @accountId
	WHERE t.campaign_id = @campaign AND t.id < @before AND t.id >= @fromId ORDER BY t.id DESC LIMIT @scanned`;

/**
 * The newest lines of a book that pass the filter, at most `count`, among at most LINES_SCANNED.
 *
 * @param before the id of the transfer that the walk before ended with.
 * @returns `nextBefore`: where to go on; null: there is nothing older.
 */
export function walkHistory(
	tx: Tx,
	walk: Walk,
	count: number,
	before = Number.MAX_SAFE_INTEGER,
): { lines: StoredLine[]; nextBefore: number | null } {
	const { accountId, bookId, fromId, kind, campaign } = walk;
	const words = sortKey(walk.words);
	const rows = tx.sql<StoredLine>(campaign === undefined ? BY_BOOK : BY_CAMPAIGN).iterate({
		...{ accountId, bookId, fromId, campaign: campaign ?? null },
		...{ before: Math.min(before, walk.beforeId), scanned: LINES_SCANNED },
	});
	const lines: StoredLine[] = [];
	let scanned = 0;
	let last = 0;
	for (const row of rows) {
		scanned++;
		last = row.id;
		if ((kind && row.kind !== kind) || (words && !sortKey(row.note).includes(words))) continue;
		// One more than asked for tells that there is more.
		if (lines.length === count) return { lines, nextBefore: lines.at(-1)!.id };
		lines.push(row);
	}
	return { lines, nextBefore: scanned === LINES_SCANNED ? last : null };
}
