import { wirePool } from "./pool.ts";
import { type EvidenceRow, evidenceColumns, literal } from "./record-evidence.ts";

/** Something that a callback said about one of our messages. */
export interface ReceiptEvidence extends EvidenceRow {
	receiptId: number;
}

/** Why a callback, or a part of it, came to nothing. */
export interface ReceiptNote {
	receiptId: number;
	kind: "unreadable" | "unmatched";
	detail: string;
}

const DETAIL_MAX = 500;

// One statement: a callback leaves the inbox and what it said is evidence together or not at all, so nothing is said twice. Only whoever
// takes it out of the inbox writes its evidence: a second who had read the same inbox writes none.
const CLOSE = `
WITH gone AS (
	DELETE FROM wire.receipt_inbox i USING unnest($1::bigint[], $2::int[]) AS r (id, provider_id)
	WHERE i.receipt_id = r.id RETURNING i.receipt_id, i.at, r.provider_id
), mended AS (
	DELETE FROM wire.receipt_notes WHERE receipt_id = ANY ($12::bigint[])
), noted AS (
	INSERT INTO wire.receipt_notes (receipt_id, at, provider_id, kind, detail)
	SELECT g.receipt_id, g.at, g.provider_id, n.kind, n.detail
	FROM unnest($9::bigint[], $10::text[], $11::text[]) AS n (receipt_id, kind, detail) JOIN gone g USING (receipt_id)
	ON CONFLICT (receipt_id) DO UPDATE SET kind = excluded.kind, detail = excluded.detail
)
INSERT INTO wire.evidence (message_id, attempt, provider_id, state, cause, receipt_id, at, provider_at)
SELECT e.message_id, e.attempt, g.provider_id, e.state, e.cause, g.receipt_id, g.at, to_timestamp(e.provider_at)
FROM unnest($3::bigint[], $4::int[], $5::smallint[], $6::smallint[], $7::float8[], $8::bigint[])
	AS e (message_id, attempt, state, cause, provider_at, receipt_id) JOIN gone g USING (receipt_id)`;

/**
 * Callbacks that the books have heard of leave the inbox; what they said becomes evidence, and what came to nothing is noted.
 *
 * @param notes one at most of a callback.
 */
export async function closeReceipts(
	receipts: { id: number; providerId: number; isReplay: boolean }[],
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
			literal(receipts, (receipt) => receipt.providerId),
			...evidenceColumns(unproved),
			literal(unproved, (row) => row.receiptId),
			notes.map((note) => note.receiptId),
			notes.map((note) => note.kind),
			// JSON can spell a NUL, which Postgres text cannot hold.
			notes.map((note) => note.detail.replaceAll("\0", "\uFFFD").slice(0, DETAIL_MAX)),
			replayed.filter((id) => !isNoted.has(id)),
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
