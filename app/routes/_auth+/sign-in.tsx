import { getFormProps, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { authenticatorFor } from "#app/authenticator.server.ts";
import { Alert } from "#app/components/alert.tsx";
import { SignInBlock } from "#app/components/block/sign-in-block.tsx";
import { SubmitButton } from "#app/components/button.tsx";
import { ErrorSummary } from "#app/components/error-summary.tsx";
import { TextField } from "#app/components/field.tsx";
import { OuterFrame } from "#app/components/frame/frame.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { PostForm } from "#app/components/post-form.tsx";
import { cookieFor } from "#app/lib/cookies.ts";
import { useT } from "#app/lib/page-context.ts";
import { firstPageOf, safePath } from "#app/modules/access/cabinet.ts";
import { PENDING_MINUTES, SESSION_COOKIE, SESSION_DAYS } from "#app/modules/access/session-token.server.ts";
import type { ShownBlock } from "#app/modules/access/shown-block.server.ts";
import { LOGIN_MAX, PASSWORD_MAX, type SignInForm, signInSchema } from "#app/modules/access/sign-in.schema.ts";
import { signInTrouble } from "#app/modules/access/sign-in-trouble.server.ts";
import { signedInBy } from "#app/modules/access/signed-in-by.server.ts";

export const handle: PageHandle = { title: (t) => t("auth:title") };

export function loader({ request }: LoaderFunctionArgs) {
	const actor = signedInBy(request)?.actor;
	if (actor) throw redirect(firstPageOf(actor));
	const { searchParams } = new URL(request.url);
	return { isSignedOut: searchParams.has("signed-out"), hasExpired: searchParams.has("expired") };
}

export async function action({ request, context }: ActionFunctionArgs) {
	const submission = parseWithZod(await request.clone().formData(), { schema: signInSchema });
	const withoutPassword = { hideFields: ["password"] };
	if (submission.status !== "success") return data(submission.reply(withoutPassword), { status: 422 });
	const userAgent = request.headers.get("user-agent") ?? "";
	try {
		const attempt = { ...submission.value, address: context.address, userAgent };
		const { token, firstPage, isPending } = await authenticatorFor(attempt).authenticate("form", request);
		const wished = new URL(request.url).searchParams.get("to");
		const code = wished === null ? "/sign-in/code" : `/sign-in/code?to=${encodeURIComponent(wished)}`;
		const seconds = isPending ? PENDING_MINUTES * 60 : SESSION_DAYS * 86_400;
		const cookie = cookieFor(request, SESSION_COOKIE, token, seconds);
		return redirect(isPending ? code : safePath(wished, firstPage), { headers: { "Set-Cookie": cookie } });
	} catch (error) {
		const { issue, block, ...init } = signInTrouble(error);
		return data({ ...submission.reply({ ...withoutPassword, formErrors: [issue] }), block }, init);
	}
}

export default function SignIn() {
	const t = useT("auth");
	const { isSignedOut, hasExpired } = useLoaderData<typeof loader>();
	const lastResult = useActionData<typeof action>();
	const block = (lastResult as { block?: ShownBlock } | undefined)?.block;
	const [form, fields] = useForm<SignInForm>({ id: "sign-in", lastResult });
	return (
		<OuterFrame>
			<PostForm className="form" {...getFormProps(form)}>
				<h1>{t("title")}</h1>
				{isSignedOut && !lastResult && <Alert tone="good">{t("signed_out")}</Alert>}
				{hasExpired && !lastResult && <Alert tone="warn">{t("factor:sign_in.expired")}</Alert>}
				{block ? <SignInBlock block={block} /> : <ErrorSummary form={form} />}
				<TextField
					field={fields.login}
					label={t("login")}
					autoComplete="username"
					maxLength={LOGIN_MAX}
					isRequired
					autoFocus
				/>
				<TextField
					field={fields.password}
					label={t("password")}
					type="password"
					autoComplete="current-password"
					maxLength={PASSWORD_MAX}
					isRequired
				/>
				<SubmitButton>{t("submit")}</SubmitButton>
			</PostForm>
		</OuterFrame>
	);
}
