import { useT } from "#app/lib/page-context.ts";
import type { Funnel } from "#app/modules/campaigns/campaign.ts";
import { Num, Share } from "../num.tsx";

/** Parts of the bar, best first; together they are all messages. */
const PARTS = ["read", "delivered", "sent", "handedOver", "unknown", "waiting", "lost", "cancelled"] as const;
type Part = (typeof PARTS)[number];

/** How many messages are in exactly this state: the funnel's figures include the ones after. */
export function exactly(part: Part, funnel: Funnel): number {
	if (part === "sent") return funnel.sent - funnel.delivered;
	if (part === "delivered") return funnel.delivered - funnel.read;
	return funnel[part];
}

/** One bar over all messages, with a legend that gives each part's figure. Moved in place by enhance/live.js. */
export function StatesBar({ funnel }: { funnel: Funnel }) {
	const t = useT("campaigns");
	return (
		<div>
			<div className="bar" aria-hidden="true">
				{PARTS.map((part) => (
					<span key={part} data-part={part} style={{ flexGrow: exactly(part, funnel) }} />
				))}
			</div>
			<ul className="legend">
				{PARTS.map((part) => (
					<li key={part} hidden={exactly(part, funnel) === 0} data-row={part}>
						<span className="swatch" data-part={part} />
						{t(`part.${part}`)}{" "}
						<b data-figure={`exactly-${part}`}>
							<Num value={exactly(part, funnel)} />
						</b>
					</li>
				))}
			</ul>
		</div>
	);
}

const STEPS = ["sent", "delivered", "read"] as const;

/** Sent → delivered → read: each step holds those of the next. */
export function FunnelSteps({ funnel }: { funnel: Funnel }) {
	const t = useT("campaigns");
	return (
		<dl className="funnel">
			{STEPS.map((step) => (
				<div key={step}>
					<dt>{t(`funnel.${step}`)}</dt>
					<dd>
						<span className="figure" data-figure={step}>
							<Num value={funnel[step]} />
						</span>
						<span className="soft small" data-share={step}>
							<Share part={funnel[step]} of={funnel.total} />
						</span>
						<span className="track" aria-hidden="true">
							<span
								data-width={step}
								style={{ inlineSize: `${funnel.total ? (funnel[step] / funnel.total) * 100 : 0}%` }}
							/>
						</span>
					</dd>
				</div>
			))}
		</dl>
	);
}
