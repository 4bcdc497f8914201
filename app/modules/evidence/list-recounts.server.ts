import { cutPage, PAGE_ROWS } from "#app/lib/page-by-key.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireKind, requireOwnRight } from "#app/modules/access/require-right.ts";
import { IN_SCOPE, scopeOf } from "#app/modules/access/scope.ts";
import type { Tx } from "#db/tx.ts";

const RUNS_SHOWN = 14;

export interface RecountRun {
	id: number;
	startedAtUtc: number;
	finishedAtUtc: number | null;
	campaigns: number;
	messages: number;
	differences: number;
}

export interface ShownDifference {
	id: number;
	campaignId: number;
	campaignName: string;
	/** "delivered", "cause 5" */
	figure: string;
	kept: number;
	counted: number;
}

/**
 * The newest recounts, and where counters differed in one of them (the newest, where `runId` names none), 50 a page.
 *
 * @throws Response 403
 */
export function listRecounts(tx: Tx, actor: Actor, runId: number | undefined, after: number | undefined) {
	requireKind(actor, "admin");
	requireOwnRight(actor, "campaigns.read");
	const runs = tx
		.sql<RecountRun>(
			`SELECT id, started_at_utc AS startedAtUtc, finished_at_utc AS finishedAtUtc, campaigns, messages, differences
			   FROM recounts ORDER BY id DESC LIMIT ${RUNS_SHOWN}`,
		)
		.all();
	const run = runs.find(({ id }) => id === runId) ?? runs[0] ?? null;
	const { rows, nextAfter } = cutPage(
		tx
			.sql<ShownDifference>(
				`SELECT d.rowid AS id, d.campaign_id AS campaignId, c.name AS campaignName, d.figure, d.kept, d.counted
				   FROM count_differences d JOIN accounts a ON a.id = d.account_id JOIN campaigns c ON c.id = d.campaign_id
				  WHERE d.recount_id = @run AND d.rowid > @after AND ${IN_SCOPE} ORDER BY d.rowid LIMIT ${PAGE_ROWS + 1}`,
			)
			.all({ run: run?.id ?? 0, after: after ?? 0, scope: scopeOf(actor) }),
	);
	return { runs, run, differences: rows, nextAfter };
}
