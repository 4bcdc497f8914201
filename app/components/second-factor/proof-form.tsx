import { getFormProps, type SubmissionResult, useForm } from "@conform-to/react";
import type { ReactNode } from "react";
import type { ProofForm as Fields } from "#app/modules/second-factor/second-factor.schema.ts";
import { SubmitButton } from "../button.tsx";
import { ErrorSummary } from "../error-summary.tsx";
import { PostForm } from "../post-form.tsx";
import { CodeField } from "./code-field.tsx";
import { PasswordField } from "./password-field.tsx";

/** Asks for the password and, where there is a second factor (`isOn`), for a code; says above them what for. */
export function ProofForm(props: {
	isOn: boolean;
	lastResult: SubmissionResult | undefined;
	submit: string;
	isDangerous?: boolean;
	children: ReactNode;
}) {
	const [form, fields] = useForm<Fields>({ id: "proof", lastResult: props.lastResult });
	return (
		<PostForm className="form" {...getFormProps(form)}>
			<ErrorSummary form={form} />
			{props.children}
			<PasswordField field={fields.password} />
			{props.isOn && <CodeField field={fields.code} />}
			<div>
				<SubmitButton weight={props.isDangerous ? "danger" : "primary"}>{props.submit}</SubmitButton>
			</div>
		</PostForm>
	);
}
