import { type SubmissionResult, useForm } from "@conform-to/react";
import { useT } from "#app/lib/page-context.ts";
import { NEW_LOGIN_MAX } from "#app/modules/access/login.schema.ts";
import { PasswordForOther } from "../account/password-for-other.tsx";
import { SubmitButton } from "../button.tsx";
import { ErrorSummary } from "../error-summary.tsx";
import { TextField } from "../field.tsx";
import { PostForm } from "../post-form.tsx";
import { EmployeeFields, type RoleOption } from "./employee-fields.tsx";

type Fields = Record<"login" | "password" | "name" | "email" | "phone" | "roleId", string>;

export function NewEmployeeForm(props: { formKey: string; roles: RoleOption[]; lastResult?: SubmissionResult }) {
	const t = useT("team");
	const [form, fields] = useForm<Fields>({ id: "employee", lastResult: props.lastResult });
	return (
		<PostForm className="form" id={form.id} noValidate>
			<ErrorSummary form={form} />
			<input type="hidden" name="formKey" value={props.formKey} />
			<TextField
				field={fields.login}
				label={t("login")}
				help={t("login_help")}
				maxLength={NEW_LOGIN_MAX}
				autoComplete="off"
				isRequired
			/>
			<EmployeeFields fields={fields} roles={props.roles} />
			<PasswordForOther field={fields.password} />
			<div>
				<SubmitButton>{t("new.submit")}</SubmitButton>
			</div>
		</PostForm>
	);
}
