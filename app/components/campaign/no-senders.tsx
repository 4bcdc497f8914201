import { useT } from "#app/lib/page-context.ts";
import { EmptyState } from "../empty-state.tsx";

/** Nothing can be written before there is a name to write under. */
export function NoSenders() {
	const t = useT("campaigns");
	return <EmptyState title={t("form.no_senders")}>{t("form.no_senders_text")}</EmptyState>;
}
