import { getFormProps, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { SubmitButton } from "#app/components/button.tsx";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { ErrorSummary } from "#app/components/error-summary.tsx";
import { TextField } from "#app/components/field.tsx";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { PostForm } from "#app/components/post-form.tsx";
import { cookieFor } from "#app/lib/cookies.ts";
import { useT } from "#app/lib/page-context.ts";
import { changePassword } from "#app/modules/access/change-password.server.ts";
import { type ChangePasswordForm, changePasswordSchema, PASSWORD_MIN } from "#app/modules/access/password.schema.ts";
import { passwordTrouble } from "#app/modules/access/password-trouble.server.ts";
import { requireSignedIn } from "#app/modules/access/require-actor.server.ts";
import { requireSelf } from "#app/modules/access/require-right.ts";
import { SESSION_COOKIE, SESSION_DAYS } from "#app/modules/access/session-token.server.ts";
import { PASSWORD_MAX } from "#app/modules/access/sign-in.schema.ts";
import { brandFor } from "#app/modules/brand/brand-for.server.ts";

export const handle: PageHandle = { title: (t) => t("settings:password.title") };

export function loader({ request }: LoaderFunctionArgs) {
	const { actor, user } = requireSignedIn(request);
	requireSelf(actor);
	return { login: user.login };
}

export async function action({ request, context }: ActionFunctionArgs) {
	const signedIn = requireSignedIn(request);
	requireSelf(signedIn.actor);
	const submission = parseWithZod(await request.formData(), { schema: changePasswordSchema });
	const hideFields = ["current", "password", "repeat"];
	if (submission.status !== "success") return data(submission.reply({ hideFields }), { status: 422 });
	try {
		const origin = { address: context.address, brand: brandFor(request).name };
		const token = await changePassword(signedIn, { ...submission.value, ...origin });
		const cookie = cookieFor(request, SESSION_COOKIE, token, SESSION_DAYS * 86_400);
		const to = `/${signedIn.actor.account.kind}/settings?done=password`;
		return redirect(to, { headers: { "Set-Cookie": cookie } });
	} catch (error) {
		const { fieldErrors, formErrors, ...init } = passwordTrouble(error);
		return data(submission.reply({ hideFields, fieldErrors, formErrors }), init);
	}
}

export default function Password() {
	const t = useT("settings");
	const path = useCabinetPath();
	const { login } = useLoaderData<typeof loader>();
	const lastResult = useActionData<typeof action>();
	const [form, fields] = useForm<ChangePasswordForm>({ id: "password", lastResult });
	const common = { type: "password", maxLength: PASSWORD_MAX, isRequired: true } as const;
	return (
		<div className="stack">
			<PageHeader title={t("password.title")} back={{ to: path("settings"), label: t("title") }} />
			<PostForm className="form" {...getFormProps(form)}>
				<ErrorSummary form={form} />
				<p>
					{t("password.login")} <b dir="auto">{login}</b>
				</p>
				{/* Password managers file the new password under it. */}
				<input type="text" name="username" value={login} autoComplete="username" readOnly hidden />
				<TextField {...common} field={fields.current} label={t("password.current")} autoComplete="current-password" />
				<TextField
					{...common}
					field={fields.password}
					label={t("password.new")}
					help={t("password.new_help", { count: PASSWORD_MIN })}
					autoComplete="new-password"
				/>
				<TextField {...common} field={fields.repeat} label={t("password.repeat")} autoComplete="new-password" />
				<p className="soft small">{t("password.others_end")}</p>
				<SubmitButton>{t("password.submit")}</SubmitButton>
			</PostForm>
		</div>
	);
}
