import { log } from "#app/lib/log.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { hasRight } from "#app/modules/access/require-right.ts";
import { providerSetup } from "#app/modules/providers/provider-setup.server.ts";
import type { ProviderSetup } from "#app/modules/providers/set-up-provider.server.ts";
import { settingFields } from "#app/modules/providers/setting-fields.ts";

/** A provider as a reader of evidence may know it. */
export interface ShownProvider {
	/** Null: the reader is only told that it was the first, second … one. */
	name: string | null;
	/** Counted from 1 in the order in which they are met. */
	number: number;
	channel: string | null;
}

/** Whoever connects the providers knows them; nobody else does. */
export function knowsProviders(actor: Pick<Actor, "account" | "rights">): boolean {
	return actor.account.kind === "admin" && hasRight(actor, "providers.read");
}

/** Names providers for a reader, in the order in which it meets them. */
export function providerNames(actor: Actor): (providerId: number) => ShownProvider {
	const met = new Map<number, ShownProvider>();
	const isKnown = knowsProviders(actor);
	return (providerId) => {
		let one = met.get(providerId);
		if (!one) {
			const row = setupOf(providerId)?.row;
			const name = isKnown ? (row?.name ?? `#${providerId}`) : null;
			one = { name, number: met.size + 1, channel: row?.channel ?? null };
			met.set(providerId, one);
		}
		return one;
	};
}

/** The values of a provider's settings that are shown to nobody. */
export function secretsOf(providerId: number): string[] {
	const setup = setupOf(providerId);
	if (!setup) return [];
	const settings = setup.settings as Record<string, unknown>;
	return settingFields(setup.adapter)
		.filter(({ isSecret }) => isSecret)
		.map(({ name }) => String(settings[name] ?? ""));
}

/** Evidence outlives what can still be set up: a provider of a newer version is one without a name. */
function setupOf(providerId: number): ProviderSetup | undefined {
	try {
		return providerSetup(providerId);
	} catch (error) {
		log.warn({ err: error, providerId }, "a provider could not be set up");
		return undefined;
	}
}
