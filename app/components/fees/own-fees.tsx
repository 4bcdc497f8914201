import { useT } from "#app/lib/page-context.ts";
import type { ShownFee } from "#app/modules/fees/get-fees-page.server.ts";
import { Alert } from "../alert.tsx";
import { FeesTable } from "./fees-table.tsx";

/** What the own account pays by the month. */
export function OwnFees({ fees, currency }: { fees: readonly ShownFee[]; currency: string }) {
	const t = useT("fees");
	return (
		<section className="stack">
			<h2>{t("title")}</h2>
			<p className="soft">{t("own_note", { timeZone: fees[0]?.timeZone ?? "" })}</p>
			{fees.some((fee) => fee.unpaidSinceUtc !== null) && <Alert tone="warn">{t("error.unpaid")}</Alert>}
			<FeesTable fees={fees} currency={currency} />
		</section>
	);
}
