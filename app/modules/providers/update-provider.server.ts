import { requireAdapter } from "#app/channels/registry.ts";
import { seal } from "#app/lib/secrets.server.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight, requireSelf } from "#app/modules/access/require-right.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { inTx } from "#db/tx.ts";
import { StaleProviderError } from "./provider.errors.ts";
import { type ProviderInput, settingTroubles } from "./provider.schema.ts";
import { requireFreeName } from "./require-free-name.server.ts";
import { settingFields } from "./setting-fields.ts";
import { storedInput } from "./stored-input.server.ts";
import { type Marks, marksOf } from "./value-marks.server.ts";

/**
 * Changes a provider. Secrets that come empty stay as they are.
 *
 * @param seen marks of what the page showed.
 * @returns what the adapter finds wrong with the settings (field → i18n key), and changes nothing then; else nothing.
 * @throws ProviderNotFoundError, ProviderNameTakenError, StaleProviderError
 */
export async function updateProvider(
	actor: Actor,
	providerId: number,
	seen: Marks,
	input: ProviderInput,
): Promise<Record<string, string>> {
	requireRight(actor, "providers.update");
	requireSelf(actor);
	return inTx((tx) => {
		const { adapter: adapterName, ...stored } = storedInput(tx, actor, providerId);
		const present = marksOf(providerId, stored);
		if (Object.keys(present).some((field) => present[field] !== seen[field])) throw new StaleProviderError("changed");
		requireFreeName(tx, actor, input.name, providerId);
		const adapter = requireAdapter(adapterName);
		const before = stored.settings;
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
