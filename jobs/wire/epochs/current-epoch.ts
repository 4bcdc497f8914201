import { wirePool } from "../pool.ts";
import type { Epoch } from "./epoch.ts";

/** The newest epoch, from Postgres; null before the first, and always without LiteFS. */
export async function currentEpoch(): Promise<Epoch | null> {
	const { rows } = await wirePool().query<Epoch>({
		name: "current-epoch",
		text: `SELECT n, node, ready_at IS NOT NULL AS "isReady", ended_at IS NOT NULL AS "isOver" FROM wire.epochs ORDER BY n DESC LIMIT 1`,
	});
	return rows[0] ?? null;
}
