import { useT } from "#app/lib/page-context.ts";
import { type InboxFilter, writeInboxFilter } from "#app/modules/evidence/inbox-filter.ts";
import { SubmitButton } from "../button.tsx";
import { useRights } from "../frame/root-data.ts";
import { PostForm } from "../post-form.tsx";

/** Has everything of the filter's span that came to nothing read once more; shown where the list shows just that. */
export function ReplayAllForm({ filter }: { filter: InboxFilter }) {
	const t = useT("inbox");
	const may = useRights();
	if (!may("providers.update") || (filter.standing !== "unreadable" && filter.standing !== "unmatched")) return null;
	return (
		<PostForm className="row" action={`?${writeInboxFilter(filter)}`}>
			<SubmitButton weight="quiet">{t(`replay.all_${filter.standing}`)}</SubmitButton>
			<span className="soft small">{t("replay.all_help")}</span>
		</PostForm>
	);
}
