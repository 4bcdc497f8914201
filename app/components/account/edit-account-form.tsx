import { type SubmissionResult, useForm } from "@conform-to/react";
import { useT } from "#app/lib/page-context.ts";
import type { Change } from "#app/modules/accounts/changes-since.server.ts";
import { SubmitButton } from "../button.tsx";
import { ErrorSummary } from "../error-summary.tsx";
import { PostForm } from "../post-form.tsx";
import { ChangedNote } from "./changed-note.tsx";
import { DefaultSubmit } from "./default-submit.tsx";
import { FactFields, type FactForm } from "./fact-fields.tsx";

/** What is written down of an account, to be changed. `changes`: what somebody else has changed since the page was made. */
export function EditAccountForm(props: {
	version: number;
	hasNote: boolean;
	values: object;
	lastResult?: SubmissionResult;
	changes: Change[];
}) {
	const t = useT("accounts");
	const [form, fields] = useForm<FactForm>({
		id: "account",
		defaultValue: props.values,
		lastResult: props.lastResult,
	});
	return (
		<PostForm className="form" id={form.id} noValidate>
			<DefaultSubmit />
			<ErrorSummary form={form} />
			<input type="hidden" name="version" value={props.version} />
			<FactFields
				form={form}
				fields={fields}
				hasNote={props.hasNote}
				beside={(fact) => <ChangedNote change={props.changes.find((one) => one.fact === fact)} />}
			/>
			<div>
				<SubmitButton>{props.changes.length > 0 ? t("edit.anyway") : t("edit.submit")}</SubmitButton>
			</div>
		</PostForm>
	);
}
