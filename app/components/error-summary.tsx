import type { FormMetadata } from "@conform-to/react";
import { translateIssue } from "#app/lib/issue.ts";
import { useT } from "#app/lib/page-context.ts";
import { Alert } from "./alert.tsx";

/**
 * Says at the top of a form what is wrong with it, each line a link to its field. Shows nothing when nothing is.
 *
 * `<ErrorSummary form={form} fields={fields} />`
 */
export function ErrorSummary(props: {
	form: Pick<FormMetadata<Record<string, unknown>>, "errors">;
	fields: Record<string, { id: string; errors?: string[] | undefined }>;
}) {
	const t = useT();
	const ofForm = props.form.errors ?? [];
	const ofFields = Object.values(props.fields).flatMap((field) =>
		(field.errors ?? []).slice(0, 1).map((error) => ({ id: field.id, error })),
	);
	const count = ofForm.length + ofFields.length;
	if (count === 0) return null;
	return (
		<div className="errors">
			<Alert tone="bad" title={t("errors:form.title", { count })}>
				<ul>
					{ofForm.map((error) => (
						<li key={error}>{translateIssue(t, error)}</li>
					))}
					{ofFields.map(({ id, error }) => (
						<li key={id}>
							<a href={`#${id}`}>{translateIssue(t, error)}</a>
						</li>
					))}
				</ul>
			</Alert>
		</div>
	);
}
