import type { ReactNode } from "react";
import { translateIssue } from "#app/lib/issue.ts";
import { useT } from "#app/lib/page-context.ts";
import type { FormField } from "./form-field.ts";

/** A file to send up; its form needs `encType="multipart/form-data"`: `<FileField field={fields.file} label={t("file")} accept=".csv,.txt" />` */
export function FileField(props: { field: FormField; label: ReactNode; help?: ReactNode; accept?: string }) {
	const t = useT();
	const { field } = props;
	const error = field.errors?.[0];
	const describedBy = [props.help && field.descriptionId, error && field.errorId].filter(Boolean).join(" ");
	return (
		<div className="field">
			<label className="label" htmlFor={field.id}>
				{props.label}
			</label>
			<input
				className="file"
				type="file"
				id={field.id}
				name={field.name}
				accept={props.accept}
				aria-invalid={error ? true : undefined}
				aria-describedby={describedBy || undefined}
			/>
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
		</div>
	);
}
