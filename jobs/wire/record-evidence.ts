import { wirePool } from "./pool.ts";

/** One thing that a provider said about one message. */
export interface EvidenceRow {
	messageId: number;
	attempt: number;
	/** Rank of the state that it spoke of. */
	to: number;
	/** Number of CAUSES. */
	cause: number | null;
	/** Unix ms by the provider's own clock; null where it gave none. */
	providerAtUtc: number | null;
}

/** What is said in answer to a question goes into the evidence without a callback. One statement, however many rows. */
export async function recordEvidence(providerId: number, rows: EvidenceRow[]): Promise<void> {
	if (rows.length === 0) return;
	await wirePool().query({
		name: "record-evidence",
		text: `INSERT INTO wire.evidence (message_id, attempt, provider_id, state, cause, at, provider_at)
		       SELECT message_id, attempt, $1, state, cause, now(), to_timestamp(provider_at)
		         FROM unnest($2::bigint[], $3::int[], $4::smallint[], $5::smallint[], $6::float8[])
		           AS e (message_id, attempt, state, cause, provider_at)`,
		values: [providerId, ...evidenceColumns(rows)],
	});
}

/** Message ids, attempts, states, causes and provider's times (Unix seconds) as array literals: several times cheaper than the driver's own. */
export function evidenceColumns(rows: EvidenceRow[]): string[] {
	return [
		literal(rows, (row) => row.messageId),
		literal(rows, (row) => row.attempt),
		literal(rows, (row) => row.to),
		literal(rows, (row) => row.cause),
		literal(rows, (row) => sensibleSeconds(row.providerAtUtc)),
	];
}

export function literal<Row>(rows: Row[], read: (row: Row) => number | null): string {
	let text = "{";
	for (let i = 0; i < rows.length; i++) {
		if (i > 0) text += ",";
		const value = read(rows[i]!);
		text += value === null ? "NULL" : value;
	}
	return `${text}}`;
}

/** Years 1970 to 2999: a clock that shows anything else is broken, and Postgres would refuse the whole statement for it. */
const LATEST_MS = Date.UTC(3000, 0);

function sensibleSeconds(ms: number | null): number | null {
	return ms !== null && ms > 0 && ms < LATEST_MS ? ms / 1000 : null;
}
