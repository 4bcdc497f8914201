import { env } from "#app/lib/env.ts";
import { clusterState, updateCluster } from "#db/cluster/cluster-state.ts";
import { wirePool } from "../pool.ts";
import { EpochLostError } from "./epoch.ts";

/**
 * Takes the books over for this node: ends every epoch before, and lets this process alone write. Call it only while litefsRole() says
 * "primary"; bring the books up to date, then openEpoch().
 *
 * @returns the new epoch's number, above all before.
 * @throws EpochLostError where LiteFS took the role away meanwhile
 */
export async function takeEpoch(): Promise<number> {
	const { losses } = clusterState();
	const n = await writeEpoch(env().NODE_NAME);
	if (clusterState().losses !== losses) throw new EpochLostError(`the role went while epoch ${n} was taken`);
	updateCluster({ epoch: n, ownEpoch: n, isOpen: true });
	return n;
}

async function writeEpoch(node: string): Promise<number> {
	const client = await wirePool().connect();
	try {
		await client.query("BEGIN");
		// One at a time, or two would find the same number free. Readers are not held up.
		await client.query("LOCK TABLE wire.epochs IN SHARE ROW EXCLUSIVE MODE");
		await client.query("UPDATE wire.epochs SET ended_at = now() WHERE ended_at IS NULL");
		const { rows } = await client.query<{ n: number }>(
			"INSERT INTO wire.epochs (n, node) SELECT coalesce(max(n), 0) + 1, $1 FROM wire.epochs RETURNING n",
			[node],
		);
		await client.query("COMMIT");
		return rows[0]!.n;
	} catch (error) {
		await client.query("ROLLBACK").catch(() => {});
		throw error;
	} finally {
		client.release();
	}
}
