import { useT } from "#app/lib/page-context.ts";
import { useRouteNames } from "../routing/route-names.ts";

interface Line {
	channel: string;
	country: string;
	kind: string;
}

/** A line of a price list in words: "Viber, Ukraine, any content". */
export function useLineNames() {
	const tc = useT("campaigns");
	const { country, kind } = useRouteNames();
	const channel = (of: string) => String(tc(`channel.${of}` as "channel.viber"));
	return {
		channel,
		country,
		kind,
		whole: (of: Line) => [channel(of.channel), country(of.country), kind(of.kind)].join(", "),
	};
}
