import type { ReactNode } from "react";
import live from "#app/enhance/live.js?url";
import { type Campaign, isMoving } from "#app/modules/campaigns/campaign.ts";
import { useCabinetPath } from "../cabinet-path.ts";
import { ScriptModule } from "../script-module.tsx";

/** Receipts go on coming for some time after the last message has left. */
const RECEIPTS_MS = 24 * 3_600_000;

/**
 * Figures that move while somebody looks: by server-sent events with a script, by loading the page again without one; only as long
 * as they can still change.
 */
export function LiveFigures(props: { campaign: Campaign; mark: string; lost: number; children?: ReactNode }) {
	const { campaign, children } = props;
	const path = useCabinetPath();
	const isFresh = campaign.finishedAtUtc !== null && campaign.finishedAtUtc > Date.now() - RECEIPTS_MS;
	if (!isMoving(campaign.state) && !isFresh) return children;
	return (
		<div
			className="stack"
			data-live={path(`campaigns/${campaign.id}/live`)}
			data-mark={props.mark}
			data-lost={props.lost}
		>
			<noscript>
				<meta httpEquiv="refresh" content={isMoving(campaign.state) ? "3" : "15"} />
			</noscript>
			{children}
			<ScriptModule src={live} />
		</div>
	);
}
