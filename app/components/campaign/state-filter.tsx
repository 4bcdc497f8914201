import { Link } from "@remix-run/react";
import type { ChannelName } from "#app/channels/channel.ts";
import { useT } from "#app/lib/page-context.ts";
import { SHOWN_STATES } from "../evidence/message-tones.ts";

/**
 * The states that a list of recipients can be narrowed to, as links; what the other of two legs is narrowed to is kept.
 *
 * @param channel of the leg, said where there are two.
 */
export function StateFilter(props: {
	name: "state" | "second";
	filter: Record<"state" | "second", string | null>;
	channel: ChannelName | null;
}) {
	const t = useT("campaigns");
	const { name, filter, channel } = props;
	const to = (state: string | null) => {
		const kept = Object.entries({ ...filter, [name]: state }).filter((one): one is [string, string] => one[1] !== null);
		return `?${new URLSearchParams(kept)}`;
	};
	const leg = channel && t(`channel.${channel}`);
	return (
		<nav className="filters" aria-label={leg ? `${t("messages.filter")}: ${leg}` : t("messages.filter")}>
			{leg && <b>{leg}</b>}
			{[null, ...SHOWN_STATES].map((one) => (
				<Link discover="none" key={one} to={to(one)} aria-current={one === filter[name] ? "page" : undefined}>
					{one === null ? t("list.all") : t(`message.${one}`)}
				</Link>
			))}
		</nav>
	);
}
