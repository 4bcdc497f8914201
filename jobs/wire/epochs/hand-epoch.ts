import type { Position } from "#db/cluster/position.ts";
import { wirePool } from "../pool.ts";
import { EpochLostError } from "./epoch.ts";

/**
 * Ends this node's epoch for another's sake, with everything applied: whoever takes the books over exactly there has nothing to replay.
 *
 * @param at under the write lock: nobody moves it any more.
 * @throws EpochLostError when it is over already.
 */
export async function handEpoch(n: number, to: string, at: Position): Promise<void> {
	const { rowCount } = await wirePool().query(
		`UPDATE wire.epochs SET ended_at = now(), handed_to = $2, last_txid = $3, last_checksum = $4, noted_at = now()
		  WHERE n = $1 AND ended_at IS NULL AND n = (SELECT max(n) FROM wire.epochs)`,
		[n, to, at.txid, at.checksum],
	);
	if (rowCount === 0) throw new EpochLostError(`epoch ${n} is over`);
}

/** Whether the epoch right before `n` was handed over with everything applied, and these books are exactly where it ended. */
export async function isHandedOver(n: number, own: Position | null): Promise<boolean> {
	const { rows } = await wirePool().query<Position>(
		`SELECT last_txid AS txid, last_checksum AS checksum FROM wire.epochs
		  WHERE n = (SELECT max(n) FROM wire.epochs WHERE n < $1) AND handed_to IS NOT NULL`,
		[n],
	);
	const [at] = rows;
	return at !== undefined && own !== null && at.txid === own.txid && at.checksum === own.checksum;
}
