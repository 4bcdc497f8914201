import { useT } from "#app/lib/page-context.ts";
import { MUTABLE_KINDS, wantField } from "#app/modules/profile/profile.schema.ts";

/** Which notices the person wants. `chosen`: the fields of a form that comes back with an error. */
export function NoticeChoices({ muted, chosen }: { muted: string[]; chosen: Record<string, string> | undefined }) {
	const t = useT("settings");
	return (
		<fieldset className="field">
			<legend>{t("profile.notices")}</legend>
			{MUTABLE_KINDS.map((kind) => (
				<label key={kind} className="choice">
					<input
						type="checkbox"
						name={wantField(kind)}
						defaultChecked={chosen ? chosen[wantField(kind)] !== undefined : !muted.includes(kind)}
					/>
					<span>{t(`notices:kind.${kind.replace(".", "_")}`)}</span>
				</label>
			))}
			<p className="help">{t("profile.notices_help")}</p>
		</fieldset>
	);
}
