import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { Alert } from "#app/components/alert.tsx";
import { NewBillForm } from "#app/components/bills/new-bill-form.tsx";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { accountOr404 } from "#app/modules/accounts/account-trouble.ts";
import { getNewBillPage, submitBill } from "#app/modules/bills/submit-bill.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("bills:new.title") };

export function loader({ request, params }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	return accountOr404(() => readBooks((tx) => getNewBillPage(tx, actor, Number(params.accountId))));
}

export async function action({ request, params }: ActionFunctionArgs) {
	const actor = requireActor(request);
	const done = await submitBill(actor, Number(params.accountId), await request.formData());
	if ("billId" in done) return redirect(`/${actor.account.kind}/bills/${done.billId}`);
	return data(done, { status: done.status });
}

export default function NewBill() {
	const t = useT("bills");
	const path = useCabinetPath();
	const { account, values, lacksDetails, buyerLegalName } = useLoaderData<typeof loader>();
	const failed = useActionData<typeof action>();
	return (
		<div className="stack">
			<PageHeader title={t("new.title")} back={{ to: path(`accounts/${account.id}`), label: account.name }} />
			{lacksDetails && (
				<Alert tone="warn">
					<Link discover="none" to={path("settings/bill-details")}>
						{t("refused.details")}
					</Link>
				</Alert>
			)}
			<p>
				{t("new.to_whom")} <bdi>{buyerLegalName}</bdi> ·{" "}
				<Link discover="none" to={path(`accounts/${account.id}/bill-details`)}>
					{t("details.title")}
				</Link>
			</p>
			<p>{t("new.text")}</p>
			<NewBillForm values={values} lastResult={failed?.lastResult} />
		</div>
	);
}
