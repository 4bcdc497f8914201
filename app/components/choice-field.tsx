import type { ReactNode } from "react";
import { translateIssue } from "#app/lib/issue.ts";
import { useT } from "#app/lib/page-context.ts";
import type { FormField } from "./form-field.ts";

/**
 * One of a few, as radio buttons; what belongs to a choice may stand under it.
 *
 * `<ChoiceField field={fields.when} legend={t("when")} options={[{ value: "now", label: t("now") }, { value: "later", label: t("later") }]} />`
 */
export function ChoiceField(props: {
	field: FormField;
	legend: ReactNode;
	help?: ReactNode;
	options: { value: string; label: ReactNode }[];
	/** Chosen until the person chooses. */
	standard?: string;
}) {
	const t = useT();
	const { field } = props;
	const error = field.errors?.[0];
	const chosen = typeof field.initialValue === "string" ? field.initialValue : props.standard;
	const describedBy = [props.help && field.descriptionId, error && field.errorId].filter(Boolean).join(" ");
	return (
		<fieldset className="field" id={field.id} aria-describedby={describedBy || undefined}>
			<legend>{props.legend}</legend>
			{props.options.map((option) => (
				<label key={option.value} className="choice">
					<input type="radio" name={field.name} value={option.value} defaultChecked={option.value === chosen} />
					<span>{option.label}</span>
				</label>
			))}
			{props.help && (
				<p className="help" id={field.descriptionId}>
					{props.help}
				</p>
			)}
			{error && (
				<p className="error" id={field.errorId}>
					{translateIssue(t, error)}
				</p>
			)}
		</fieldset>
	);
}
