import { WIRE_DAYS_KEPT } from "./partitions.ts";
import { wirePool } from "./pool.ts";

const ROWS = 10_000;

/** Notes of callbacks that the wire no longer holds go, and so do such callbacks' places in the inbox: nobody can read them any more. */
export async function sweepReceipts(): Promise<void> {
	for (const table of ["receipt_notes", "receipt_inbox"]) {
		for (let gone = ROWS; gone === ROWS; ) {
			const { rowCount } = await wirePool().query(
				`DELETE FROM wire.${table} WHERE receipt_id IN (
				   SELECT receipt_id FROM wire.${table} WHERE at < now() - interval '${WIRE_DAYS_KEPT + 1} days' LIMIT ${ROWS})`,
			);
			gone = rowCount ?? 0;
		}
	}
}
