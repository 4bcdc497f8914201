import type { CauseKey } from "#app/channels/causes.ts";
import type { ChannelName } from "#app/channels/channel.ts";
import { useT } from "#app/lib/page-context.ts";
import { Num } from "../num.tsx";

/** What went wrong in words, with what to do about it, most frequent first. Renewed by enhance/live.js. */
export function CausesList(props: {
	causes: { cause: CauseKey; messages: number }[];
	/** Of a second leg: said in the title, and renewed with the page only. */
	channel?: ChannelName;
}) {
	const { causes, channel } = props;
	const t = useT("campaigns");
	const tf = useT("fallback");
	const tc = useT("causes");
	return (
		<section className="stack" data-causes={channel ? undefined : ""} hidden={causes.length === 0}>
			<h2>{channel ? tf("causes", { channel: t(`channel.${channel}`) }) : t("causes.title")}</h2>
			<ul className="causes">
				{causes.map(({ cause, messages }) => (
					<li key={cause}>
						<b className="end">
							<Num value={messages} />
						</b>
						<div>
							<p>{tc(`${cause}.what`)}</p>
							<p className="soft small">{tc(`${cause}.do`)}</p>
						</div>
					</li>
				))}
			</ul>
		</section>
	);
}
