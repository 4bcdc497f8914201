import { wirePool } from "./pool.ts";

export interface Handoff {
	id: number;
	/** Name of a node; null: any that may lead. */
	to: string | null;
}

/** Somebody wants the books to go to another node. Whoever leads looks every second. */
export async function askForHandoff(to: string | null): Promise<number> {
	const { rows } = await wirePool().query<{ id: number }>(
		"INSERT INTO wire.handoffs (to_node) VALUES ($1) RETURNING id::int AS id",
		[to],
	);
	return rows[0]!.id;
}

/** For the node that leads: what was asked for and nobody has begun; null where nothing was. Older ones are over with it. */
export async function beginHandoff(): Promise<Handoff | null> {
	const { rows } = await wirePool().query<Handoff>({
		name: "begin-handoff",
		text: `UPDATE wire.handoffs SET begun_at = now() WHERE begun_at IS NULL AND ended_at IS NULL
		       RETURNING id::int AS id, to_node AS to`,
	});
	return rows.at(-1) ?? null;
}

/** @param failedFor why the books stayed; null: they are with the other. */
export async function endHandoff(id: number, failedFor: string | null): Promise<void> {
	await wirePool().query("UPDATE wire.handoffs SET ended_at = now(), failed_for = $2 WHERE id = $1", [id, failedFor]);
}

/** Takes it back. @returns false: somebody has begun it. */
export async function withdrawHandoff(id: number): Promise<boolean> {
	const { rowCount } = await wirePool().query(
		"UPDATE wire.handoffs SET ended_at = now(), failed_for = 'nobody leads' WHERE id = $1 AND begun_at IS NULL",
		[id],
	);
	return rowCount === 1;
}

export interface HandoffState {
	isBegun: boolean;
	failedFor: string | null;
}

export async function readHandoff(id: number): Promise<HandoffState> {
	const { rows } = await wirePool().query<HandoffState>(
		`SELECT begun_at IS NOT NULL AS "isBegun", failed_for AS "failedFor" FROM wire.handoffs WHERE id = $1`,
		[id],
	);
	return rows[0]!;
}
