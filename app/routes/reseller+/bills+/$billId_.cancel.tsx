import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { AskOnce } from "#app/components/team/ask-once.tsx";
import { translateIssue } from "#app/lib/issue.ts";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { billOr404, billTrouble } from "#app/modules/bills/bill-trouble.ts";
import { cancelBill } from "#app/modules/bills/cancel-bill.server.ts";
import { getCancelBillPage } from "#app/modules/bills/get-bill.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("bills:cancel.title") };

export function loader({ request, params }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	return billOr404(() => readBooks((tx) => getCancelBillPage(tx, actor, Number(params.billId))));
}

export async function action({ request, params }: ActionFunctionArgs) {
	const actor = requireActor(request);
	const done = await cancelBill(actor, Number(params.billId)).catch(billTrouble);
	if (typeof done !== "number") return data(done, { status: done.status });
	return redirect(`/${actor.account.kind}/bills/${done}`);
}

export default function CancelBill() {
	const t = useT("bills");
	const path = useCabinetPath();
	const { id, number, name, mayCancel, cancelledByNumber } = useLoaderData<typeof loader>();
	const trouble = useActionData<typeof action>();
	return (
		<div className="stack">
			<PageHeader title={t("cancel.title")} back={{ to: path(`bills/${id}`), label: t("bill_number", { number }) }} />
			<p>
				<bdi>{name}</bdi>
			</p>
			{mayCancel ? (
				<AskOnce
					trouble={trouble && translateIssue(t, trouble.issue)}
					lines={[t("cancel.what", { number }), t("cancel.money"), t("cancel.again")]}
					version={1}
					submit={t("cancel.submit", { number })}
					keep={{ to: path(`bills/${id}`), label: t("cancel.keep") }}
				/>
			) : (
				<p>
					{cancelledByNumber === null ? t("refused.is_cancelling") : t("cancelled_by", { number: cancelledByNumber })}
				</p>
			)}
		</div>
	);
}
