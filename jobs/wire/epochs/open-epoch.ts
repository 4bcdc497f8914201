import { clusterState } from "#db/cluster/cluster-state.ts";
import { wirePool } from "../pool.ts";
import { EpochLostError } from "./epoch.ts";

/**
 * The books are up to date: every process of this node may write from now on.
 *
 * @param n of takeEpoch, in this process.
 * @throws EpochLostError
 */
export async function openEpoch(n: number): Promise<void> {
	const { rowCount } = await wirePool().query(
		`UPDATE wire.epochs SET ready_at = coalesce(ready_at, now())
		  WHERE n = $1 AND ended_at IS NULL AND n = (SELECT max(n) FROM wire.epochs)`,
		[n],
	);
	const { ownEpoch, lostEpoch, isOpen } = clusterState();
	if (!rowCount || ownEpoch !== n || lostEpoch >= n || !isOpen) throw new EpochLostError(`epoch ${n} is over`);
}
