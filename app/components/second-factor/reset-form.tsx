import { getFormProps, type SubmissionResult, useForm } from "@conform-to/react";
import { useT } from "#app/lib/page-context.ts";
import { LOGIN_MAX } from "#app/modules/access/sign-in.schema.ts";
import type { DemandPage } from "#app/modules/second-factor/get-demand-page.server.ts";
import { type ResetForm as Fields, REASON_MAX } from "#app/modules/second-factor/second-factor.schema.ts";
import { SubmitButton } from "../button.tsx";
import { ErrorSummary } from "../error-summary.tsx";
import { TextField } from "../field.tsx";
import { PostForm } from "../post-form.tsx";

/** Takes the second factor away from a person who has lost it. */
export function ResetForm(props: { people: DemandPage["people"]; lastResult: SubmissionResult | undefined }) {
	const t = useT("factor");
	const [form, fields] = useForm<Fields>({
		id: "reset",
		lastResult: props.lastResult,
		defaultValue: props.people.length === 1 ? { login: props.people[0]!.login } : undefined,
	});
	return (
		<section className="stack">
			<h2>{t("reset.title")}</h2>
			{props.people.length === 0 ? (
				<p>{t("reset.nobody")}</p>
			) : (
				<>
					<p>
						{t("reset.people")}: <bdi>{props.people.map(({ login }) => login).join(", ")}</bdi>
					</p>
					<PostForm className="form" {...getFormProps(form)}>
						<ErrorSummary form={form} />
						<p>{t("reset.text")}</p>
						<TextField field={fields.login} label={t("reset.login")} maxLength={LOGIN_MAX} isRequired />
						<TextField
							field={fields.reason}
							label={t("reset.reason")}
							help={t("reset.reason_help")}
							maxLength={REASON_MAX}
							isRequired
							isUserText
						/>
						<div>
							<SubmitButton weight="danger">{t("reset.submit")}</SubmitButton>
						</div>
					</PostForm>
				</>
			)}
		</section>
	);
}
