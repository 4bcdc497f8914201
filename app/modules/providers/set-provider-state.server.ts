import type { ChannelName } from "#app/channels/channel.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { guardLosses } from "#app/modules/pricing/guard-losses.server.ts";
import { lossesOfCosts, planCosts } from "#app/modules/pricing/plan-costs.server.ts";
import type { Tx } from "#db/tx.ts";
import { costLines } from "./get-costs-page.server.ts";
import { ProviderNotFoundError, TooManyActiveError } from "./provider.errors.ts";
import { ACTIVE_MAX } from "./provider.schema.ts";

export const PROVIDER_STATES = ["active", "draining", "disabled"] as const;
export type ProviderState = (typeof PROVIDER_STATES)[number];

/**
 * Switches a provider on or off; draining: it gets nothing new, and is still asked about what it has. Its receipts are taken in any state.
 *
 * @param meant `hash` of losses that are meant; undefined: none are.
 * @throws ProviderNotFoundError, TooManyActiveError; LossesError where the root would sell below cost by what one that is switched on takes, and
 * that was not meant; StalePricesError
 */
export async function setProviderState(
	actor: Actor,
	providerId: number,
	to: ProviderState,
	meant?: string,
): Promise<void> {
	requireRight(actor, "providers.update");
	const { id: accountId } = actor.account;
	await guardLosses({
		look: (tx) => {
			const { state, channel } = requireSwitchable(tx, actor, providerId, to);
			if (to !== "active" || state === to) return { from: state, plan: null };
			const costs = costLines(tx, actor, providerId);
			return { from: state, plan: planCosts(tx, accountId, channel, { providerId, costs }) };
		},
		find: ({ plan }) => lossesOfCosts(accountId, plan),
		meant,
		commit: (tx, { from }, { losses }) => {
			if (from === to) return;
			tx.sql("UPDATE providers SET state = ? WHERE id = ? AND account_id = ?").run(to, providerId, accountId);
			const atLoss = losses.length > 0;
			writeAudit(tx, actor, "provider.state", `provider:${providerId}`, { from, to, ...(atLoss && { atLoss }) });
		},
	});
}

function requireSwitchable(tx: Tx, actor: Actor, providerId: number, to: ProviderState) {
	const row = tx
		.sql<{ state: ProviderState; channel: ChannelName }>(
			"SELECT state, channel FROM providers WHERE id = ? AND account_id = ?",
		)
		.get(providerId, actor.account.id);
	if (!row) throw new ProviderNotFoundError(`no provider ${providerId}`);
	const active = tx
		.sql<{ count: number }>("SELECT count(*) AS count FROM providers WHERE account_id = ? AND state = 'active'")
		.get(actor.account.id);
	const isSwitchedOn = to === "active" && row.state !== to;
	if (isSwitchedOn && active!.count >= ACTIVE_MAX) throw new TooManyActiveError(`${ACTIVE_MAX} are active`);
	return row;
}
