import type { ChannelName } from "#app/channels/channel.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { inTx } from "#db/tx.ts";
import type { RouteInput } from "./route.schema.ts";
import { routeAccount } from "./route-account.server.ts";
import { routeInWords } from "./route-in-words.server.ts";
import { requireFreeRoute, writeSteps } from "./write-steps.server.ts";

/**
 * Makes a route; the next claim goes by it.
 *
 * @returns its id.
 * @throws Response 403; RouteAccountUnknownError, RouteTakenError, RouteProviderUnknownError
 */
export async function createRoute(actor: Actor, channel: ChannelName, input: RouteInput): Promise<number> {
	requireRight(actor, "providers.update");
	return inTx((tx) => {
		const branch = routeAccount(tx, actor, input.account);
		const { country, kind } = input;
		requireFreeRoute(tx, actor, { channel, branchAccountId: branch.id, country, kind }, null);
		const { lastInsertRowid } = tx
			.sql(
				"INSERT INTO routes (account_id, channel, branch_account_id, country, kind, created_at_utc) VALUES (?, ?, ?, ?, ?, ?)",
			)
			.run(actor.account.id, channel, branch.id, country, kind, Date.now());
		const id = Number(lastInsertRowid);
		writeSteps(tx, actor, { id, channel }, input.steps);
		writeAudit(tx, actor, "route.create", `route:${id}`, routeInWords(tx, actor, id));
		return id;
	});
}
