import type { FormMetadata } from "@conform-to/react";
import { translateIssue } from "#app/lib/issue.ts";
import { useT } from "#app/lib/page-context.ts";
import { Alert } from "./alert.tsx";

/**
 * Says at the top of a form what is wrong with it; each line about a field is a link to it. Shows nothing when nothing is.
 *
 * `<ErrorSummary form={form} />`
 */
export function ErrorSummary({ form }: { form: Pick<FormMetadata, "id" | "allErrors"> }) {
	const t = useT();
	// The form's own errors stand under the empty name; a field's id is made of the form's and its name.
	const { "": ofForm = [], ...ofFields } = form.allErrors;
	const fields = Object.entries(ofFields).flatMap(([name, errors]) =>
		errors.slice(0, 1).map((error) => ({ id: `${form.id}-${name}`, error })),
	);
	const count = ofForm.length + fields.length;
	if (count === 0) return null;
	if (fields.length === 0 && count === 1) return <Alert tone="bad">{translateIssue(t, ofForm[0]!)}</Alert>;
	return (
		<div className="errors">
			<Alert tone="bad" title={t("errors:form.title", { count })}>
				<ul>
					{ofForm.map((error) => (
						<li key={error}>{translateIssue(t, error)}</li>
					))}
					{fields.map(({ id, error }) => (
						<li key={id}>
							<a href={`#${id}`}>{translateIssue(t, error)}</a>
						</li>
					))}
				</ul>
			</Alert>
		</div>
	);
}
