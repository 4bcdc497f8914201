import type { ChannelName } from "#app/channels/channel.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import type { Tx } from "#db/tx.ts";
import { RouteProviderUnknownError, RouteTakenError } from "./route.errors.ts";
import type { RouteInput } from "./route.schema.ts";

/**
 * Writes a route's providers in place of those that it had.
 *
 * @throws RouteProviderUnknownError
 */
export function writeSteps(
	tx: Tx,
	actor: Actor,
	route: { id: number; channel: ChannelName },
	steps: RouteInput["steps"],
): void {
	const accountId = actor.account.id;
	tx.sql("DELETE FROM route_steps WHERE route_id = ? AND account_id = ?").run(route.id, accountId);
	for (const { providerId, tier, weight } of steps) {
		const isThere = tx
			.sql("SELECT 1 FROM providers WHERE id = ? AND account_id = ? AND channel = ?")
			.get(providerId, accountId, route.channel);
		if (!isThere) throw new RouteProviderUnknownError(`no provider ${providerId} of ${route.channel}`);
		tx.sql("INSERT INTO route_steps (account_id, route_id, provider_id, tier, weight) VALUES (?, ?, ?, ?, ?)").run(
			accountId,
			route.id,
			providerId,
			tier,
			weight,
		);
	}
}

/** @throws RouteTakenError where another route than `ownId` is for exactly the same. */
export function requireFreeRoute(
	tx: Tx,
	actor: Actor,
	of: { channel: ChannelName; branchAccountId: number; country: string; kind: string },
	ownId: number | null,
): void {
	const taken = tx
		.sql(
			`SELECT 1 FROM routes WHERE account_id = ? AND branch_account_id = ? AND channel = ? AND country = ? AND kind = ?
			    AND id IS NOT ?`,
		)
		.get(actor.account.id, of.branchAccountId, of.channel, of.country, of.kind, ownId);
	if (taken) throw new RouteTakenError(`${of.channel} ${of.branchAccountId} ${of.country} ${of.kind}`);
}
