import { getFormProps, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Link, useActionData } from "@remix-run/react";
import { SignInBlock } from "#app/components/block/sign-in-block.tsx";
import { SubmitButton } from "#app/components/button.tsx";
import { ErrorSummary } from "#app/components/error-summary.tsx";
import { OuterFrame } from "#app/components/frame/frame.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { PostForm } from "#app/components/post-form.tsx";
import { CodeField } from "#app/components/second-factor/code-field.tsx";
import { cookieFor } from "#app/lib/cookies.ts";
import { useT } from "#app/lib/page-context.ts";
import { firstPageOf, safePath } from "#app/modules/access/cabinet.ts";
import { SESSION_COOKIE, SESSION_DAYS } from "#app/modules/access/session-token.server.ts";
import type { ShownBlock } from "#app/modules/access/shown-block.server.ts";
import { signInTrouble } from "#app/modules/access/sign-in-trouble.server.ts";
import { signedInBy } from "#app/modules/access/signed-in-by.server.ts";
import { finishSignIn } from "#app/modules/second-factor/finish-sign-in.server.ts";
import { pendingSignIn } from "#app/modules/second-factor/pending-sign-in.server.ts";
import { SignInExpiredError, WrongCodeError } from "#app/modules/second-factor/second-factor.errors.ts";
import { type CodeForm, codeSchema } from "#app/modules/second-factor/second-factor.schema.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("factor:sign_in.title") };

export function loader({ request }: LoaderFunctionArgs) {
	const actor = signedInBy(request)?.actor;
	if (actor) throw redirect(firstPageOf(actor));
	if (!readBooks((tx) => pendingSignIn(tx, request))) throw startAgain(request);
	return null;
}

export async function action({ request, context }: ActionFunctionArgs) {
	const submission = parseWithZod(await request.formData(), { schema: codeSchema });
	const withoutCode = { hideFields: ["code"] };
	if (submission.status !== "success") return data(submission.reply(withoutCode), { status: 422 });
	try {
		const { token, firstPage } = await finishSignIn(request, { ...submission.value, address: context.address });
		const to = safePath(new URL(request.url).searchParams.get("to"), firstPage);
		const cookie = cookieFor(request, SESSION_COOKIE, token, SESSION_DAYS * 86_400);
		return redirect(to, { headers: { "Set-Cookie": cookie } });
	} catch (error) {
		if (error instanceof SignInExpiredError) throw startAgain(request);
		if (error instanceof WrongCodeError) {
			const answer = submission.reply({ ...withoutCode, fieldErrors: { code: ["factor:error.code_wrong"] } });
			return data(answer, { status: 422 });
		}
		const { issue, block, ...init } = signInTrouble(error);
		return data({ ...submission.reply({ ...withoutCode, formErrors: [issue] }), block }, init);
	}
}

/** The password was too long ago, or was never given. Where the person wanted to go is kept. */
function startAgain(request: Request): Response {
	const to = new URL(request.url).searchParams.get("to");
	return redirect(`/sign-in?expired${to === null ? "" : `&to=${encodeURIComponent(to)}`}`);
}

export default function SignInCode() {
	const t = useT("factor");
	const lastResult = useActionData<typeof action>();
	const block = (lastResult as { block?: ShownBlock } | undefined)?.block;
	const [form, fields] = useForm<CodeForm>({ id: "code", lastResult });
	return (
		<OuterFrame>
			<PostForm className="form" {...getFormProps(form)}>
				<h1>{t("sign_in.title")}</h1>
				{block ? <SignInBlock block={block} /> : <ErrorSummary form={form} />}
				<CodeField field={fields.code} help={t("sign_in.help")} autoFocus />
				<SubmitButton>{t("sign_in.submit")}</SubmitButton>
				<p className="small">
					<Link discover="none" to="/sign-in">
						{t("sign_in.again")}
					</Link>
				</p>
			</PostForm>
		</OuterFrame>
	);
}
