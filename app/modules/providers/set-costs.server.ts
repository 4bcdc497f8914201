import type { ChannelName } from "#app/channels/channel.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { guardLosses } from "#app/modules/pricing/guard-losses.server.ts";
import { lossesOfCosts, planCosts } from "#app/modules/pricing/plan-costs.server.ts";
import type { Tx } from "#db/tx.ts";
import { type CostLine, writeLine } from "./costs.schema.ts";
import { costLines } from "./get-costs-page.server.ts";
import { raiseVersion, requireProvider } from "./require-provider.server.ts";

/** Changed lines that an entry of the audit names. */
const NAMED_CHANGES = 20;

/**
 * Writes a provider's costs in place of those that it had.
 *
 * @param seen.version of what the page showed.
 * @param seen.losses `hash` of losses that are meant; undefined: none are.
 * @throws Response 403; ProviderNotFoundError, StaleProviderError; LossesError where the root would sell below cost by it and that was not
 * meant; StalePricesError
 */
export async function setCosts(
	actor: Actor,
	providerId: number,
	seen: { version: number; losses?: string },
	lines: CostLine[],
): Promise<void> {
	requireRight(actor, "providers.update");
	await guardLosses({
		look: (tx) => look(tx, actor, providerId, seen.version, lines),
		find: ({ plan }) => lossesOfCosts(actor.account.id, plan),
		meant: seen.losses,
		commit: (tx, { name }, { losses }) => write(tx, actor, { id: providerId, name }, lines, losses.length > 0),
	});
}

function look(tx: Tx, actor: Actor, providerId: number, version: number, costs: CostLine[]) {
	const { name } = requireProvider(tx, actor, providerId, version);
	const { channel, state } = tx
		.sql<{ channel: ChannelName; state: string }>(
			"SELECT channel, state FROM providers WHERE id = ? AND account_id = ?",
		)
		.get(providerId, actor.account.id)!;
	// What carries nothing costs nothing; it is looked at when it is switched on.
	const plan = state === "active" ? planCosts(tx, actor.account.id, channel, { providerId, costs }) : null;
	return { name, plan };
}

function write(
	tx: Tx,
	actor: Actor,
	{ id: providerId, name }: { id: number; name: string },
	lines: CostLine[],
	atLoss: boolean,
): void {
	const before = new Set(costLines(tx, actor, providerId).map(writeLine));
	const after = new Set(lines.map(writeLine));
	const given = [...after].filter((line) => !before.has(line));
	const taken = [...before].filter((line) => !after.has(line));
	if (given.length === 0 && taken.length === 0) return;
	tx.sql("DELETE FROM provider_costs WHERE provider_id = ? AND account_id = ?").run(providerId, actor.account.id);
	for (const { country, kind, costMicros } of lines)
		tx.sql(
			"INSERT INTO provider_costs (account_id, provider_id, country, kind, cost_micros) VALUES (?, ?, ?, ?, ?)",
		).run(actor.account.id, providerId, country, kind, costMicros);
	raiseVersion(tx, actor, providerId);
	writeAudit(tx, actor, "provider.costs", `provider:${providerId}`, {
		name,
		lines: lines.length,
		costs: given.slice(0, NAMED_CHANGES),
		before: taken.slice(0, NAMED_CHANGES),
		...(atLoss && { atLoss }),
	});
}
