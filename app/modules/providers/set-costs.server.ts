import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { inTx } from "#db/tx.ts";
import { type CostLine, writeLine } from "./costs.schema.ts";
import { costLines } from "./get-costs-page.server.ts";
import { raiseVersion, requireProvider } from "./require-provider.server.ts";

/** Changed lines that an entry of the audit names. */
const NAMED_CHANGES = 20;

/**
 * Writes a provider's costs in place of those that it had.
 *
 * @param version what the page showed.
 * @throws Response 403; ProviderNotFoundError, StaleProviderError
 */
export async function setCosts(actor: Actor, providerId: number, version: number, lines: CostLine[]): Promise<void> {
	requireRight(actor, "providers.update");
	await inTx((tx) => {
		const { name } = requireProvider(tx, actor, providerId, version);
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
		});
	});
}
