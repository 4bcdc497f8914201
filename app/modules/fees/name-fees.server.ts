import type { Tx } from "#db/tx.ts";
import type { FeeSubject } from "./fee.ts";

export interface NamedFee extends FeeSubject {
	/** "2026-11" */
	month: string;
}

/** Of which fee and month transfers were, by the transfer. The caller has checked that the reader may see them. */
export function nameFees(tx: Tx, transferIds: readonly number[]): ReadonlyMap<number, NamedFee> {
	if (transferIds.length === 0) return new Map();
	const rows = tx
		.sql<NamedFee & { transferId: number }>(
			`SELECT m.transfer_id AS transferId, m.month, f.channel, f.sender FROM json_each(?) i
			   JOIN fee_months m ON m.transfer_id = i.value JOIN fees f ON f.id = m.fee_id AND f.account_id = m.account_id`,
		)
		.all(JSON.stringify(transferIds));
	return new Map(rows.map(({ transferId, ...fee }) => [transferId, fee]));
}
