import type { ChannelName } from "#app/channels/channel.ts";
import { cutPage, PAGE_ROWS } from "#app/lib/page-by-key.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import type { Tx } from "#db/tx.ts";
import { type ShownBranch, shownBranch } from "./shown-branch.server.ts";

export interface ListedStep {
	providerId: number;
	name: string;
	state: "active" | "draining" | "disabled";
	tier: number;
	weight: number;
}

export interface ListedRoute {
	id: number;
	channel: ChannelName;
	branch: ShownBranch;
	country: string;
	kind: string;
	steps: ListedStep[];
}

/** The routes of the actor's account in the order in which they were made, 50 a page; `channel`: only of that one. */
export function listRoutes(
	tx: Tx,
	actor: Actor,
	filter: { channel?: ChannelName; after?: number },
): { rows: ListedRoute[]; nextAfter: number | null } {
	requireRight(actor, "providers.read");
	const { rows, nextAfter } = cutPage(
		tx
			.sql<{ id: number; channel: ChannelName; branchId: number; country: string; kind: string }>(
				`SELECT id, channel, branch_account_id AS branchId, country, kind FROM routes
				  WHERE account_id = @accountId AND id > @after AND (@channel IS NULL OR channel = @channel)
				  ORDER BY id LIMIT ${PAGE_ROWS + 1}`,
			)
			.all({ accountId: actor.account.id, after: filter.after ?? 0, channel: filter.channel ?? null }),
	);
	const steps = stepsOf(
		tx,
		actor,
		rows.map(({ id }) => id),
	);
	return {
		rows: rows.map(({ branchId, ...row }) => ({
			...row,
			branch: shownBranch(tx, actor, branchId),
			steps: steps.get(row.id) ?? [],
		})),
		nextAfter,
	};
}

/** The providers of routes, by route, in the order in which they are tried. */
export function stepsOf(tx: Tx, actor: Actor, routeIds: number[]): Map<number, ListedStep[]> {
	const rows = tx
		.sql<ListedStep & { routeId: number }>(
			`SELECT s.route_id AS routeId, s.provider_id AS providerId, p.name, p.state, s.tier, s.weight
			   FROM route_steps s JOIN providers p ON p.id = s.provider_id
			  WHERE s.account_id = ? AND s.route_id IN (SELECT value FROM json_each(?))
			  ORDER BY s.tier, s.weight DESC, s.provider_id`,
		)
		.all(actor.account.id, JSON.stringify(routeIds));
	const byRoute = new Map<number, ListedStep[]>();
	for (const { routeId, ...step } of rows) byRoute.set(routeId, [...(byRoute.get(routeId) ?? []), step]);
	return byRoute;
}
