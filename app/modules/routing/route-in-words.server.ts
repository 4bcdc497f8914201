import type { Actor } from "#app/modules/access/actor.ts";
import type { Tx } from "#db/tx.ts";

/** A route as the audit keeps it: whom it serves, and "1. Alpha × 30" for each provider. */
export function routeInWords(tx: Tx, actor: Actor, routeId: number) {
	const route = tx
		.sql<{ channel: string; country: string; content: string; branch: string }>(
			`SELECT r.channel, r.country, r.kind AS content, a.name AS branch
			   FROM routes r JOIN accounts a ON a.id = r.branch_account_id WHERE r.id = ? AND r.account_id = ?`,
		)
		.get(routeId, actor.account.id)!;
	const steps = tx
		.sql<{ words: string }>(
			`SELECT s.tier || '. ' || p.name || ' × ' || s.weight AS words
			   FROM route_steps s JOIN providers p ON p.id = s.provider_id
			  WHERE s.route_id = ? AND s.account_id = ? ORDER BY s.tier, s.weight DESC, s.provider_id`,
		)
		.all(routeId, actor.account.id);
	return { ...route, providers: steps.map(({ words }) => words) };
}
