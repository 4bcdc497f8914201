import type { LoaderFunctionArgs } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { Alert } from "#app/components/alert.tsx";
import { BillSheet } from "#app/components/bills/bill-sheet.tsx";
import { LinkButton } from "#app/components/button.tsx";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { billOr404 } from "#app/modules/bills/bill-trouble.ts";
import { getBillPage } from "#app/modules/bills/get-bill.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle<{ bill: { number: number; cancelsId: number | null } }> = {
	title: (t, { bill: { number, cancelsId } }) =>
		t(cancelsId === null ? "bills:bill_number" : "bills:cancelling_number", { number }),
};

export function loader({ request, params }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	return billOr404(() => readBooks((tx) => getBillPage(tx, actor, Number(params.billId))));
}

export default function OneBill() {
	const t = useT("bills");
	const path = useCabinetPath();
	const { bill, isSeller, mayCancel } = useLoaderData<typeof loader>();
	const { number, cancelsId, cancelledById, cancelledByNumber } = bill;
	const of = isSeller || path("") === "/client/" ? "" : "?of=received";
	return (
		<div className="stack">
			<PageHeader
				title={t(cancelsId === null ? "bill_number" : "cancelling_number", { number })}
				back={{ to: `${path("bills")}${of}`, label: t("title") }}
				note={<span className="screen">{t("print_hint")}</span>}
				action={
					mayCancel && (
						<LinkButton to={path(`bills/${bill.id}/cancel`)} weight="quiet">
							{t("cancel.link")}
						</LinkButton>
					)
				}
			/>
			{cancelledById !== null && (
				<Alert tone="warn">
					<Link discover="none" to={path(`bills/${cancelledById}`)}>
						{t("cancelled_by", { number: cancelledByNumber })}
					</Link>
				</Alert>
			)}
			<BillSheet bill={bill} />
		</div>
	);
}
