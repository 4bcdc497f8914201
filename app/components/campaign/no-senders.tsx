import { useT } from "#app/lib/page-context.ts";
import { EmptyState } from "../empty-state.tsx";

/** Nothing can be written before there is a name to write under, and a channel in service that it belongs to. */
export function NoSenders({ hasChannels }: { hasChannels: boolean }) {
	const t = useT("campaigns");
	if (!hasChannels) return <EmptyState title={t("form.no_channels")}>{t("form.no_channels_text")}</EmptyState>;
	return <EmptyState title={t("form.no_senders")}>{t("form.no_senders_text")}</EmptyState>;
}
