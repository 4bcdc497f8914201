import { type SubmissionResult, useForm } from "@conform-to/react";
import { useT } from "#app/lib/page-context.ts";
import { SubmitButton } from "../button.tsx";
import { ChoiceField } from "../choice-field.tsx";
import { ErrorSummary } from "../error-summary.tsx";
import { TextField } from "../field.tsx";
import { PostForm } from "../post-form.tsx";
import { DefaultSubmit } from "./default-submit.tsx";
import { FactFields, type FactForm } from "./fact-fields.tsx";
import { PasswordForOther } from "./password-for-other.tsx";

interface NewAccountForm extends FactForm {
	kind: string;
	login: string;
	password: string;
}

/** Everything of a new account on one page. The password is for another person: it is seen as it is typed. */
export function NewAccountForm(props: {
	formKey: string;
	parentId: number;
	values: object;
	lastResult?: SubmissionResult;
}) {
	const t = useT("accounts");
	const [form, fields] = useForm<NewAccountForm>({
		id: "account",
		defaultValue: props.values,
		lastResult: props.lastResult,
	});
	return (
		<PostForm className="form" id={form.id} noValidate>
			<DefaultSubmit />
			<ErrorSummary form={form} />
			<input type="hidden" name="formKey" value={props.formKey} />
			<input type="hidden" name="under" value={props.parentId} />
			<ChoiceField
				field={fields.kind}
				legend={t("kind.title")}
				options={[
					{ value: "client", label: t("kind.client_can") },
					{ value: "dealer", label: t("kind.dealer_can") },
				]}
			/>
			<TextField field={fields.login} label={t("login")} help={t("login_help")} autoComplete="off" isRequired />
			<PasswordForOther field={fields.password} />
			<FactFields form={form} fields={fields} hasNote />
			<div>
				<SubmitButton>{t("new.submit")}</SubmitButton>
			</div>
		</PostForm>
	);
}
