import { useT } from "#app/lib/page-context.ts";
import { SubmitButton } from "../button.tsx";
import { PostForm } from "../post-form.tsx";

/** Takes out what is shown, as a file of either kind. `to`: the address with what is shown in it, without the format. */
export function ExportForms({ to }: { to: string }) {
	const t = useT("money");
	return (["csv", "xlsx"] as const).map((format) => (
		<PostForm key={format} action={`${to}&format=${format}`}>
			<SubmitButton weight="quiet">{t(`export.${format}`)}</SubmitButton>
		</PostForm>
	));
}
