import { type Position, position } from "#db/cluster/position.ts";
import { wirePool } from "../pool.ts";
import { EpochLostError } from "./epoch.ts";

/**
 * Notes in the wire how far the books have come under an epoch.
 *
 * @throws EpochLostError when it is over.
 */
export async function notePosition(n: number): Promise<void> {
	const now = position();
	const { rowCount } = await wirePool().query({
		name: "note-position",
		text: `UPDATE wire.epochs SET last_txid = coalesce($2, last_txid), last_checksum = coalesce($3, last_checksum), noted_at = now()
		        WHERE n = $1 AND ended_at IS NULL`,
		values: [n, now?.txid ?? null, now?.checksum ?? null],
	});
	if (rowCount === 0) throw new EpochLostError(`epoch ${n} is over`);
}

/** How far the books had come when somebody noted it last, before epoch `n`; null: nobody has. */
export async function lastPosition(n: number): Promise<Position | null> {
	const { rows } = await wirePool().query<Position>(
		`SELECT last_txid AS txid, last_checksum AS checksum FROM wire.epochs
		  WHERE n < $1 AND last_txid IS NOT NULL ORDER BY n DESC LIMIT 1`,
		[n],
	);
	return rows[0] ?? null;
}
