import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { FeeEndForm } from "#app/components/fees/fee-end-form.tsx";
import { FeeForm } from "#app/components/fees/fee-form.tsx";
import { FeesTable } from "#app/components/fees/fees-table.tsx";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { Pager } from "#app/components/pager.tsx";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { accountPath } from "#app/modules/accounts/account-path.ts";
import { accountPageOr404 } from "#app/modules/accounts/account-trouble.ts";
import { getFeesPage } from "#app/modules/fees/get-fees-page.server.ts";
import { saveFee } from "#app/modules/fees/save-fee.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("fees:title") };

export function loader({ request, params }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	const id = Number(params.accountId) || -1;
	return accountPageOr404(actor, id, () => readBooks((tx) => getFeesPage(tx, actor, id, request.url)));
}

export async function action({ request, params }: ActionFunctionArgs) {
	const actor = requireActor(request);
	const id = Number(params.accountId) || -1;
	const form = await request.formData();
	const failed = await accountPageOr404(actor, id, () => saveFee(actor, id, form));
	if (failed) return data(failed, { status: failed.status });
	return redirect(accountPath(actor, id, "fees"));
}

export default function AccountFees() {
	const t = useT("fees");
	const path = useCabinetPath();
	const page = useLoaderData<typeof loader>();
	const lastResult = useActionData<typeof action>()?.lastResult;
	const { account, fees, currency, chosen, mayChange } = page;
	return (
		<div className="stack">
			<PageHeader title={t("title")} back={{ to: path(`accounts/${account.id}`), label: account.name }} />
			<p>{t("note_above")}</p>
			{fees.length === 0 && <p className="soft">{t("none")}</p>}
			{fees.length > 0 && (
				<FeesTable
					fees={fees}
					currency={currency}
					deed={mayChange ? (fee) => !fee.isOver && <EndLink feeId={fee.id} /> : undefined}
				/>
			)}
			<Pager isFirst={page.isFirst} after={page.nextAfter} />
			{mayChange &&
				(chosen ? (
					<FeeEndForm chosen={chosen} lastResult={lastResult} />
				) : (
					<FeeForm page={page} lastResult={lastResult} />
				))}
		</div>
	);
}

function EndLink({ feeId }: { feeId: number }) {
	const t = useT("fees");
	return (
		<Link discover="none" to={`?fee=${feeId}`}>
			{t("end")}
		</Link>
	);
}
