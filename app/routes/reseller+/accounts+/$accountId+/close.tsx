import { getFormProps, useForm } from "@conform-to/react";
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { LinkButton, SubmitButton } from "#app/components/button.tsx";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { ClosingFigures } from "#app/components/closing/closing-figures.tsx";
import { ClosingObstacles } from "#app/components/closing/closing-obstacles.tsx";
import { ErrorSummary } from "#app/components/error-summary.tsx";
import { TextField } from "#app/components/field.tsx";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { PostForm } from "#app/components/post-form.tsx";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { accountOr404 } from "#app/modules/accounts/account-trouble.ts";
import { closeAccount } from "#app/modules/closing/close-account.server.ts";
import { closingTrouble } from "#app/modules/closing/closing-trouble.ts";
import { getClosingPage } from "#app/modules/closing/get-closing-page.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle<{ account: { name: string } }> = {
	title: (t, { account: { name } }) => t("blocks:close.title", { name }),
};

export function loader({ request, params }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	return accountOr404(() => readBooks((tx) => getClosingPage(tx, actor, Number(params.accountId))));
}

export async function action({ request, params }: ActionFunctionArgs) {
	const actor = requireActor(request);
	const form = await request.formData();
	const login = String(form.get("login") ?? "");
	const seen = { version: Number(form.get("version")), login };
	const trouble = await closeAccount(actor, Number(params.accountId), seen).catch(closingTrouble);
	if (!trouble) return redirect(`/${actor.account.kind}/accounts/${params.accountId}`);
	const { issue, field = "", status } = trouble;
	return data({ status: "error" as const, initialValue: { login }, error: { [field]: [issue] } }, { status });
}

export default function ClosePage() {
	const t = useT("blocks");
	const path = useCabinetPath();
	const { account, figures, obstacles } = useLoaderData<typeof loader>();
	const lastResult = useActionData<typeof action>();
	const [form, fields] = useForm<{ login: string }>({ id: "close", lastResult: lastResult ?? null });
	const back = path(`accounts/${account.id}`);
	return (
		<div className="stack">
			<PageHeader title={t("close.title", { name: account.name })} back={{ to: back, label: account.name }} />
			<ErrorSummary form={form} />
			{account.isClosed && <p>{t("close.closed")}</p>}
			{obstacles.length > 0 && <ClosingObstacles accountId={account.id} obstacles={obstacles} />}
			{figures && <p>{t("close.for_good")}</p>}
			{figures && <ClosingFigures figures={figures} />}
			{figures && obstacles.length === 0 && (
				<PostForm className="form" {...getFormProps(form)}>
					<input type="hidden" name="version" value={account.version} />
					<TextField
						field={fields.login}
						label={t("close.confirm")}
						help={t("close.confirm_help", { login: account.ownerLogin })}
						autoComplete="off"
						isRequired
					/>
					<div className="row">
						<SubmitButton weight="danger">{t("close.submit")}</SubmitButton>
						<LinkButton to={back} weight="quiet">
							{t("close.keep")}
						</LinkButton>
					</div>
				</PostForm>
			)}
		</div>
	);
}
