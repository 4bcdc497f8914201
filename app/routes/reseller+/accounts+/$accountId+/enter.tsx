import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { Alert } from "#app/components/alert.tsx";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { EnterForm } from "#app/components/enter-form.tsx";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { useT } from "#app/lib/page-context.ts";
import { firstPageOf } from "#app/modules/access/cabinet.ts";
import { requireSignedIn } from "#app/modules/access/require-actor.server.ts";
import { enterSchema } from "#app/modules/impersonation/enter.schema.ts";
import { enterAccount } from "#app/modules/impersonation/enter-account.server.ts";
import { enterOrNotFound, enterTrouble } from "#app/modules/impersonation/enter-trouble.ts";
import { getEnterPage } from "#app/modules/impersonation/get-enter-page.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle<{ name: string }> = { title: (t, { name }) => t("enter:title", { name }) };

export function loader({ request, params }: LoaderFunctionArgs) {
	const signedIn = requireSignedIn(request);
	return enterOrNotFound(() => readBooks((tx) => getEnterPage(tx, signedIn, Number(params.accountId))));
}

export async function action({ request, params }: ActionFunctionArgs) {
	const signedIn = requireSignedIn(request);
	const submission = parseWithZod(await request.formData(), { schema: enterSchema });
	if (submission.status !== "success") return data(submission.reply(), { status: 422 });
	try {
		return redirect(firstPageOf(await enterAccount(signedIn, Number(params.accountId), submission.value)));
	} catch (error) {
		const { issue, status } = enterTrouble(error);
		return data(submission.reply({ formErrors: [issue] }), { status });
	}
}

export default function Enter() {
	const t = useT("enter");
	const path = useCabinetPath();
	const account = useLoaderData<typeof loader>();
	const lastResult = useActionData<typeof action>();
	return (
		<div className="stack">
			<PageHeader
				title={t("title", { name: account.name })}
				back={{ to: path(`accounts/${account.id}`), label: account.name }}
			/>
			{account.isClosed && <Alert tone="warn">{t("closed")}</Alert>}
			{!account.isClosed && !account.hasOwner && <Alert tone="warn">{t("no_owner")}</Alert>}
			{!account.isClosed && account.hasOwner && <EnterForm {...{ account, lastResult }} />}
		</div>
	);
}
