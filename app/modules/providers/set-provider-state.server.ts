import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { inTx } from "#db/tx.ts";
import { ProviderNotFoundError, TooManyActiveError } from "./provider.errors.ts";
import { ACTIVE_MAX } from "./provider.schema.ts";

export const PROVIDER_STATES = ["active", "draining", "disabled"] as const;
export type ProviderState = (typeof PROVIDER_STATES)[number];

/**
 * Switches a provider on or off; draining: it gets nothing new, and is still asked about what it has. Its receipts are taken in any state.
 *
 * @throws ProviderNotFoundError, TooManyActiveError
 */
export async function setProviderState(actor: Actor, providerId: number, to: ProviderState): Promise<void> {
	requireRight(actor, "providers.update");
	await inTx((tx) => {
		const row = tx
			.sql<{ state: ProviderState }>("SELECT state FROM providers WHERE id = ? AND account_id = ?")
			.get(providerId, actor.account.id);
		if (!row) throw new ProviderNotFoundError(`no provider ${providerId}`);
		if (row.state === to) return;
		const active = tx
			.sql<{ count: number }>("SELECT count(*) AS count FROM providers WHERE account_id = ? AND state = 'active'")
			.get(actor.account.id);
		if (to === "active" && active!.count >= ACTIVE_MAX) throw new TooManyActiveError(`${ACTIVE_MAX} are active`);
		tx.sql("UPDATE providers SET state = ? WHERE id = ? AND account_id = ?").run(to, providerId, actor.account.id);
		writeAudit(tx, actor, "provider.state", `provider:${providerId}`, { from: row.state, to });
	});
}
