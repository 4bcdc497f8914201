import { Link } from "@remix-run/react";
import { useT } from "#app/lib/page-context.ts";
import type { StopPage } from "#app/modules/stops/get-stop-page.server.ts";
import { useCabinetPath } from "../cabinet-path.ts";
import { Time } from "../time.tsx";
import { useReachWords } from "./reach-words.ts";
import { StopWhy } from "./stop-why.tsx";

/** An entry as it stands: for what, why, since when and by whom; and who took it back. */
export function StopFacts({ stop }: { stop: StopPage }) {
	const t = useT("stops");
	const path = useCabinetPath();
	const reachWords = useReachWords();
	const { saidAt } = stop;
	return (
		<dl className="facts">
			<dt>{t("reach.title")}</dt>
			<dd>{reachWords(stop)}</dd>
			<dt>{t("why.title")}</dt>
			<dd>
				<StopWhy stop={stop} />
			</dd>
			<dt>{t("since")}</dt>
			<dd>
				<Time atUtc={stop.createdAtUtc} />
			</dd>
			<dt>{t("by.title")}</dt>
			<dd>{stop.cause === null ? <bdi>{stop.byName ?? t("by.gone")}</bdi> : t("by.system")}</dd>
			{saidAt && (
				<>
					<dt>{t("said_at")}</dt>
					<dd>
						<Link discover="none" to={path(`campaigns/${saidAt.campaignId}/messages/${saidAt.messageId}`)}>
							{t("message", { id: saidAt.messageId })}
						</Link>
					</dd>
				</>
			)}
			{stop.liftedAtUtc !== null && (
				<>
					<dt>{t("state.lifted")}</dt>
					<dd>
						<Time atUtc={stop.liftedAtUtc} />, <bdi>{stop.liftedByName ?? t("by.gone")}</bdi>
					</dd>
				</>
			)}
		</dl>
	);
}
