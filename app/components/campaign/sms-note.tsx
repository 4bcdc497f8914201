import { formatNumber } from "#app/lib/format.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import type { Campaign } from "#app/modules/campaigns/campaign.ts";
import { smsParts } from "#app/modules/campaigns/sms-parts.ts";

/** As how many SMS a text goes, and why; nothing for another channel. */
export function SmsNote({ channel, text }: Pick<Campaign, "channel" | "text">) {
	const t = useT("campaigns");
	const { locale } = usePage();
	if (channel !== "sms") return null;
	const { parts, units, encoding } = smsParts(text);
	return (
		<p className="soft">
			{t("sms.parts", { count: parts, n: formatNumber(locale, parts), units: formatNumber(locale, units) })}{" "}
			{t(`sms.${encoding}`)}
		</p>
	);
}
