import { useT } from "#app/lib/page-context.ts";
import type { ChargeTerms } from "#app/modules/pricing/charge-terms.server.ts";

/** When a channel's messages are charged, and what becomes of the money where one does not arrive. */
export function TermsNote({ terms, isSms }: { terms: ChargeTerms; isSms: boolean }) {
	const t = useT("prices");
	const refund = terms.chargeOn === "delivered" ? "delivered" : terms.refunds ? "yes" : "no";
	return (
		<p>
			{t(`terms.on_${terms.chargeOn}`)} {t(`terms.refund_${refund}`)} {isSms && t("terms.per_part")}
		</p>
	);
}
