import { formatMonth } from "#app/lib/format.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import type { FeeSubject } from "#app/modules/fees/fee.ts";

/** What a fee is for, and for which month where one is given: "DemoShop (Viber) · November 2026". */
export function FeeName({ fee }: { fee: FeeSubject & { month?: string } }) {
	const { locale } = usePage();
	return (
		<>
			<FeeSubjectName fee={fee} />
			{fee.month && ` · ${formatMonth(locale, fee.month)}`}
		</>
	);
}

function FeeSubjectName({ fee: { channel, sender } }: { fee: FeeSubject }) {
	const t = useT("fees");
	const tc = useT("campaigns");
	if (!channel) return <>{t("account_fee")}</>;
	return (
		<>
			<bdi>{sender}</bdi> ({tc(`channel.${channel}`)})
		</>
	);
}
