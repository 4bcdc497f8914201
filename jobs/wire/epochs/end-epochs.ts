import { env } from "#app/lib/env.ts";
import { wirePool } from "../pool.ts";

/** Ends this node's epochs up to `n`: it has lost the books, or hands them over. Whoever writes next takes a new one. */
export async function endEpochs(n: number): Promise<void> {
	await wirePool().query("UPDATE wire.epochs SET ended_at = now() WHERE node = $1 AND n <= $2 AND ended_at IS NULL", [
		env().NODE_NAME,
		n,
	]);
}
