import { useT } from "#app/lib/page-context.ts";
import { type TrailFilter, writeTrailFilter } from "#app/modules/audit/trail-filter.ts";
import { SubmitButton } from "../button.tsx";
import { useCabinetPath } from "../cabinet-path.ts";
import { PostForm } from "../post-form.tsx";

/** Takes out what the filter shows, as a file. */
export function TrailExport({ filter }: { filter: TrailFilter }) {
	const t = useT("trail");
	const path = useCabinetPath();
	return (
		<PostForm action={path(`audit/export?${writeTrailFilter(filter)}`)}>
			<SubmitButton weight="quiet">{t("export.submit")}</SubmitButton>
		</PostForm>
	);
}
