import type { Actor } from "#app/modules/access/actor.ts";
import { hasRight, requireKind } from "#app/modules/access/require-right.ts";
import type { Tx } from "#db/tx.ts";
import type { Difference } from "./difference.ts";

const RUNS_SHOWN = 7;
const DIFFERENCES_SHOWN = 50;

export interface ProofRun {
	id: number;
	startedAtUtc: number;
	finishedAtUtc: number;
	transfers: number;
	books: number;
	differences: number;
}

/** The newest proofs of the ledger, and what the last one found; null for whoever may not see money. @throws Response 403 */
export function listProofs(tx: Tx, actor: Actor): { runs: ProofRun[]; found: Difference[] } | null {
	requireKind(actor, "admin");
	if (!hasRight(actor, "money.read")) return null;
	const rows = tx
		.sql<ProofRun & { found: string }>(
			`SELECT id, started_at_utc AS startedAtUtc, finished_at_utc AS finishedAtUtc, transfers, books, differences, found
			   FROM ledger_proofs ORDER BY id DESC LIMIT ${RUNS_SHOWN}`,
		)
		.all();
	const found = (JSON.parse(rows[0]?.found ?? "[]") as Difference[]).slice(0, DIFFERENCES_SHOWN);
	return { runs: rows.map(({ found: _, ...run }) => run), found };
}

/** Whether the last proof failed; false while there has been none. */
export function isInDoubt(tx: Tx): boolean {
	const last = tx.sql<{ differences: number }>("SELECT differences FROM ledger_proofs ORDER BY id DESC LIMIT 1").get();
	return (last?.differences ?? 0) > 0;
}
