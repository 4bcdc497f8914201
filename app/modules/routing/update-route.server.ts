import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { inTx } from "#db/tx.ts";
import { requireRoute } from "./require-route.server.ts";
import type { RouteInput } from "./route.schema.ts";
import { routeAccount } from "./route-account.server.ts";
import { routeInWords } from "./route-in-words.server.ts";
import { requireFreeRoute, writeSteps } from "./write-steps.server.ts";

/**
 * Changes whom a route serves and by which providers; its channel stays. The next claim goes by it.
 *
 * @param version what the page showed.
 * @throws Response 403; RouteNotFoundError, StaleRouteError, RouteAccountUnknownError, RouteTakenError, RouteProviderUnknownError
 */
export async function updateRoute(actor: Actor, routeId: number, version: number, input: RouteInput): Promise<void> {
	requireRight(actor, "providers.update");
	await inTx((tx) => {
		const route = requireRoute(tx, actor, routeId, version);
		const before = routeInWords(tx, actor, routeId);
		const branch = routeAccount(tx, actor, input.account);
		const { country, kind } = input;
		requireFreeRoute(tx, actor, { channel: route.channel, branchAccountId: branch.id, country, kind }, routeId);
		tx.sql(
			"UPDATE routes SET branch_account_id = ?, country = ?, kind = ?, version = version + 1 WHERE id = ? AND account_id = ?",
		).run(branch.id, country, kind, routeId, actor.account.id);
		writeSteps(tx, actor, route, input.steps);
		const after = routeInWords(tx, actor, routeId);
		writeAudit(tx, actor, "route.update", `route:${routeId}`, { ...after, before: before.providers });
	});
}
