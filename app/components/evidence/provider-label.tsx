import { useT } from "#app/lib/page-context.ts";
import type { ShownProvider } from "#app/modules/evidence/provider-names.server.ts";

/** "Infobip Kyiv · Viber" for whoever knows the providers, "Provider 1 · Viber" for everybody else. */
export function ProviderLabel({ provider }: { provider: ShownProvider }) {
	const t = useT("evidence");
	const tc = useT("campaigns");
	return (
		<>
			{provider.name === null ? t("provider_n", { n: provider.number }) : <bdi>{provider.name}</bdi>}
			{provider.channel && ` · ${tc(`channel.${provider.channel as "viber"}`)}`}
		</>
	);
}
