import { useT } from "#app/lib/page-context.ts";
import { Time } from "../time.tsx";

/** How an account's block stands. */
export function BlockFacts({ block }: { block: ShownBlock }) {
	const t = useT("blocks");
	return (
		<dl className="facts">
			<dt>{t("reason")}</dt>
			<dd dir="auto" className="typed">
				{block.reason}
			</dd>
			{block.sinceUtc !== null && (
				<>
					<dt>{t("since")}</dt>
					<dd>
						<Time atUtc={block.sinceUtc} />
					</dd>
				</>
			)}
			<dt>{t("until")}</dt>
			<dd>{block.untilUtc === null ? t("ends.open") : <Time atUtc={block.untilUtc} />}</dd>
			<dt>{t("by")}</dt>
			<dd>{block.by === null ? t("by_above") : <bdi>{block.by}</bdi>}</dd>
		</dl>
	);
}

interface ShownBlock {
	reason: string;
	sinceUtc: number | null;
	untilUtc: number | null;
	/** Name of the account for which it was set; null: one above the reader's. */
	by: string | null;
}
