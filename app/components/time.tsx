import { type DateStyle, formatMoment } from "#app/lib/format.ts";
import { usePage } from "#app/lib/page-context.ts";

/** A moment in the account's zone, the UTC moment in its title: `<Time atUtc={campaign.createdAtUtc} />` (unix ms). */
export function Time({ atUtc, style }: { atUtc: number; style?: DateStyle }) {
	const { locale, timeZone } = usePage();
	const utc = new Date(atUtc).toISOString();
	const title = `${utc.slice(0, 19).replace("T", " ")} UTC`;
	return (
		<time dateTime={utc} title={title} className="nowrap">
			{formatMoment(locale, timeZone, atUtc, style)}
		</time>
	);
}
