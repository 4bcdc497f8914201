import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { inTx } from "#db/tx.ts";
import { requireRoute } from "./require-route.server.ts";
import { routeInWords } from "./route-in-words.server.ts";

/**
 * Deletes a route: what it served goes by the next less specific one from the next claim on.
 *
 * @param version what the page showed.
 * @throws Response 403; RouteNotFoundError, StaleRouteError
 */
export async function deleteRoute(actor: Actor, routeId: number, version: number): Promise<void> {
	requireRight(actor, "providers.update");
	await inTx((tx) => {
		requireRoute(tx, actor, routeId, version);
		writeAudit(tx, actor, "route.delete", `route:${routeId}`, routeInWords(tx, actor, routeId));
		tx.sql("DELETE FROM route_steps WHERE route_id = ? AND account_id = ?").run(routeId, actor.account.id);
		tx.sql("DELETE FROM routes WHERE id = ? AND account_id = ?").run(routeId, actor.account.id);
	});
}
