import { z } from "zod";
import type { ChannelAdapter, ChannelLimits } from "#app/channels/channel.ts";
import { issue } from "#app/lib/issue.ts";
import { settingFields } from "./setting-fields.ts";

export const PROVIDER_NAME_MAX = 60;
export const CONNECTIONS_MAX = 256;
/** Active at once in an installation. */
export const ACTIVE_MAX = 10;

/** What a person fills in of a provider, whichever it is. */
export interface ProviderInput {
	name: string;
	bulkSize: number;
	connections: number;
	/** By the adapter's names; of a connected provider, secrets that stay as they are come empty. */
	settings: Record<string, string>;
}

const count = (max: number) =>
	z.coerce
		.number(issue("providers:error.count", { max }))
		.int(issue("providers:error.count", { max }))
		.min(1, issue("providers:error.count", { max }))
		.max(max, issue("providers:error.count", { max }));

/**
 * The form of a provider.
 *
 * @param isNew secrets have to be given; else they may be left empty.
 */
export function providerForm(adapter: ChannelAdapter<unknown>, limits: ChannelLimits, isNew: boolean) {
	const settings = settingFields(adapter).map(({ name, isSecret, isOptional }) => {
		const given = z.string("providers:error.required").trim().min(1, "providers:error.required");
		return [name, isOptional || (isSecret && !isNew) ? z.string().trim().default("") : given] as const;
	});
	return z.object({
		name: z
			.string("providers:error.required")
			.trim()
			.min(1, "providers:error.required")
			.max(PROVIDER_NAME_MAX, issue("providers:error.too_long", { max: PROVIDER_NAME_MAX })),
		bulkSize: count(limits.bulkSize),
		connections: count(CONNECTIONS_MAX),
		settings: z.object(Object.fromEntries(settings)),
	});
}

/** What the adapter itself finds wrong with settings: field → i18n key. Empty where they are well. */
export function settingTroubles(adapter: ChannelAdapter<unknown>, settings: unknown): Record<string, string> {
	const parsed = adapter.settings.safeParse(settings);
	if (parsed.success) return {};
	// The first of a field is what is shown beside it.
	const troubles = parsed.error.issues.reverse();
	return Object.fromEntries(
		troubles.map(({ path, message }) => [
			String(path[0]),
			message.startsWith("providers:") ? message : "providers:error.setting",
		]),
	);
}
