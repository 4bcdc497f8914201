import { requireAdapter } from "#app/channels/registry.ts";
import { seal, unseal } from "#app/lib/secrets.server.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight, requireSelf } from "#app/modules/access/require-right.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { inTx } from "#db/tx.ts";
import { ProviderNotFoundError } from "./provider.errors.ts";
import { type ProviderInput, settingTroubles } from "./provider.schema.ts";
import { requireFreeName } from "./require-free-name.server.ts";
import { settingFields } from "./setting-fields.ts";

/**
 * Changes a provider. Secrets that come empty stay as they are.
 *
 * @returns what the adapter finds wrong with the settings (field → i18n key), and changes nothing then; else nothing.
 * @throws ProviderNotFoundError, ProviderNameTakenError
 */
export async function updateProvider(
	actor: Actor,
	providerId: number,
	input: ProviderInput,
): Promise<Record<string, string>> {
	requireRight(actor, "providers.update");
	requireSelf(actor);
	return inTx((tx) => {
		const row = tx
			.sql<{ adapter: string; sealed: string }>(
				"SELECT adapter, sealed_settings AS sealed FROM providers WHERE id = ? AND account_id = ?",
			)
			.get(providerId, actor.account.id);
		if (!row) throw new ProviderNotFoundError(`no provider ${providerId}`);
		requireFreeName(tx, actor, input.name, providerId);
		const adapter = requireAdapter(row.adapter);
		const before = JSON.parse(unseal(row.sealed, `provider:${providerId}`)) as Record<string, string>;
		const settings = { ...input.settings };
		const replaced: string[] = [];
		for (const { name, isSecret } of settingFields(adapter)) {
			if (isSecret && !settings[name]) settings[name] = before[name] ?? "";
			if (settings[name] !== before[name]) replaced.push(name);
		}
		const troubles = settingTroubles(adapter, settings);
		if (Object.keys(troubles).length > 0) return troubles;
		tx.sql(
			"UPDATE providers SET name = ?, bulk_size = ?, connections = ?, sealed_settings = ? WHERE id = ? AND account_id = ?",
		).run(
			input.name,
			input.bulkSize,
			input.connections,
			seal(JSON.stringify(settings), `provider:${providerId}`),
			providerId,
			actor.account.id,
		);
		const { name, bulkSize, connections } = input;
		// Which settings, never what they are.
		writeAudit(tx, actor, "provider.edit", `provider:${providerId}`, { name, bulkSize, connections, replaced });
		return {};
	});
}
