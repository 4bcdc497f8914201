import type { ChannelName } from "#app/channels/channel.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import type { Tx } from "#db/tx.ts";
import { RouteNotFoundError, StaleRouteError } from "./route.errors.ts";

export interface Route {
	id: number;
	channel: ChannelName;
	branchAccountId: number;
	/** "": any. */
	country: string;
	kind: string;
	version: number;
}

/**
 * @param version what the page showed; left out where it does not matter.
 * @throws RouteNotFoundError, StaleRouteError
 */
export function requireRoute(tx: Tx, actor: Actor, routeId: number, version?: number): Route {
	const route = tx
		.sql<Route>(
			`SELECT id, channel, branch_account_id AS branchAccountId, country, kind, version FROM routes
			  WHERE id = ? AND account_id = ?`,
		)
		.get(routeId, actor.account.id);
	if (!route) throw new RouteNotFoundError(`no route ${routeId}`);
	if (version !== undefined && version !== route.version) throw new StaleRouteError(`version ${route.version}`);
	return route;
}
