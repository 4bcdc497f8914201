import { issue } from "#app/lib/issue.ts";
import { HeldCopyError } from "#app/modules/backup/read-hold.server.ts";
import { StalePricesError } from "#app/modules/pricing/pricing.errors.ts";
import { ProviderNameTakenError, ProviderNotFoundError, TooManyActiveError } from "./provider.errors.ts";
import { ACTIVE_MAX } from "./provider.schema.ts";

/**
 * What a page answers to what could not be done to a provider: errors of the form by field, "" for the whole.
 *
 * @throws Response 404 for a provider that is not there; errors that are not the visitor's go on.
 */
export function providerTrouble(error: unknown): Record<string, string[]> {
	if (error instanceof ProviderNotFoundError) throw new Response(null, { status: 404 });
	if (error instanceof ProviderNameTakenError) return { name: ["providers:error.name_taken"] };
	if (error instanceof TooManyActiveError) return { "": [issue("providers:error.too_many", { max: ACTIVE_MAX })] };
	if (error instanceof StalePricesError) return { "": ["providers:error.changed"] };
	if (error instanceof HeldCopyError) return { "": ["backups:no_calls"] };
	throw error;
}

/** `read`'s answer, or 404 where the provider is not there for this actor. */
export function providerOr404<T>(read: () => T): T {
	try {
		return read();
	} catch (error) {
		providerTrouble(error);
		throw error;
	}
}
