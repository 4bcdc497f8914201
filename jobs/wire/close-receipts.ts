import { wirePool } from "./pool.ts";
import { type EvidenceRow, evidenceColumns, literal } from "./record-evidence.ts";

/** Something that a callback said about one of our messages. */
export interface ReceiptEvidence extends EvidenceRow {
	receiptId: number;
	/** Whose callback it is. */
	providerId: number;
}

/** Why a callback, or a part of it, came to nothing. */
export interface ReceiptNote {
	receiptId: number;
	providerId: number;
	kind: "unreadable" | "unmatched";
	detail: string;
}

const DETAIL_MAX = 500;

// One statement: a callback leaves the inbox and what it said is evidence together or not at all, so nothing is said twice. Only whoever
// takes it out of the inbox writes its evidence: a second who had read the same inbox writes none. They leave by one list of ids, which stand
// side by side in the index: joined with anything, each would be looked up by itself, or the whole backlog read for a few of it.
const CLOSE = `
WITH gone AS (
	DELETE FROM wire.receipt_inbox WHERE receipt_id = ANY ($1::bigint[]) RETURNING receipt_id, at
), mended AS (
	DELETE FROM wire.receipt_notes WHERE receipt_id = ANY ($2::bigint[])
), noted AS (
	INSERT INTO wire.receipt_notes (receipt_id, at, provider_id, kind, detail)
	SELECT g.receipt_id, g.at, n.provider_id, n.kind, n.detail
	FROM unnest($3::bigint[], $4::int[], $5::text[], $6::text[]) AS n (receipt_id, provider_id, kind, detail) JOIN gone g USING (receipt_id)
	ON CONFLICT (receipt_id) DO UPDATE SET kind = excluded.kind, detail = excluded.detail
)
INSERT INTO wire.evidence (message_id, attempt, provider_id, state, cause, receipt_id, at, provider_at)
SELECT e.message_id, e.attempt, e.provider_id, e.state, e.cause, g.receipt_id, g.at, to_timestamp(e.provider_at)
FROM unnest($7::bigint[], $8::int[], $9::smallint[], $10::smallint[], $11::float8[], $12::int[], $13::bigint[])
	AS e (message_id, attempt, state, cause, provider_at, provider_id, receipt_id) JOIN gone g USING (receipt_id)`;

/**
 * Callbacks that the books have heard of leave the inbox; what they said becomes evidence, and what came to nothing is noted.
 *
 * @param notes one at most of a callback.
 */
export async function closeReceipts(
	receipts: { id: number; isReplay: boolean }[],
	evidence: ReceiptEvidence[],
	notes: ReceiptNote[],
): Promise<void> {
	const replayed = receipts.filter((receipt) => receipt.isReplay).map(({ id }) => id);
	const isNoted = new Set(notes.map((note) => note.receiptId));
	const unproved = replayed.length === 0 ? evidence : await withoutProved(evidence, replayed);
	await wirePool().query({
		name: "close-receipts",
		text: CLOSE,
		values: [
			literal(receipts, (receipt) => receipt.id),
			replayed.filter((id) => !isNoted.has(id)),
			notes.map((note) => note.receiptId),
			notes.map((note) => note.providerId),
			notes.map((note) => note.kind),
			// JSON can spell a NUL, which Postgres text cannot hold.
			notes.map((note) => note.detail.replaceAll("\0", "\uFFFD").slice(0, DETAIL_MAX)),
			...evidenceColumns(unproved),
			literal(unproved, (row) => row.providerId),
			literal(unproved, (row) => row.receiptId),
		],
	});
}

/** What callbacks that are read once more have said before stands in the evidence already. */
async function withoutProved(evidence: ReceiptEvidence[], replayed: number[]): Promise<ReceiptEvidence[]> {
	const again = new Set(replayed);
	const messageIds = evidence.filter((row) => again.has(row.receiptId)).map((row) => row.messageId);
	const { rows } = await wirePool().query<{ receiptId: number; messageId: number; state: number }>(
		`SELECT receipt_id AS "receiptId", message_id AS "messageId", state FROM wire.evidence
		  WHERE message_id = ANY ($1::bigint[]) AND receipt_id = ANY ($2::bigint[])`,
		[messageIds, replayed],
	);
	const proved = new Set(rows.map((row) => `${row.receiptId}:${row.messageId}:${row.state}`));
	return evidence.filter((row) => !proved.has(`${row.receiptId}:${row.messageId}:${row.to}`));
}
