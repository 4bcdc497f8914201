import { getFormProps, type SubmissionResult, useForm } from "@conform-to/react";
import { useT } from "#app/lib/page-context.ts";
import type { ConfirmForm as Fields } from "#app/modules/second-factor/second-factor.schema.ts";
import type { SetUpPage } from "#app/modules/second-factor/set-up-page.server.ts";
import { SubmitButton } from "../button.tsx";
import { useCabinetPath } from "../cabinet-path.ts";
import { ErrorSummary } from "../error-summary.tsx";
import { PostForm } from "../post-form.tsx";
import { QrCode } from "../qr-code.tsx";
import { CodeField } from "./code-field.tsx";

/** The new secret for the phone, and the field for the first code that it makes. */
export function ConfirmForm({ page, lastResult }: { page: SetUpPage; lastResult?: SubmissionResult }) {
	const t = useT("factor");
	const path = useCabinetPath();
	const [form, fields] = useForm<Fields>({ id: "confirm", lastResult });
	return (
		<PostForm className="form" {...getFormProps(form)} action={path("settings/second-factor/confirm")}>
			<ErrorSummary form={form} />
			<input type="hidden" name={fields.setUp.name} value={page.setUp} />
			<p>{t("set_up.scan")}</p>
			<QrCode text={page.uri} label={t("set_up.qr")} />
			<div>
				<p className="label">{t("set_up.key")}</p>
				<p dir="ltr">
					<code className="key">{page.key}</code>
				</p>
				<p className="help">
					{t("set_up.key_help")} <a href={page.uri}>{t("set_up.open_app")}</a>
				</p>
			</div>
			<CodeField field={fields.code} isPhoneOnly help={t("set_up.code_help")} />
			<div>
				<SubmitButton>{t("set_up.submit")}</SubmitButton>
			</div>
		</PostForm>
	);
}
