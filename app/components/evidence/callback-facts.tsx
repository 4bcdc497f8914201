import { useT } from "#app/lib/page-context.ts";
import type { CallbackRow } from "#app/modules/evidence/inbox-filter.ts";
import { Num } from "../num.tsx";
import { Time } from "../time.tsx";
import { StandingDot } from "./standing-dot.tsx";

/** When a callback came, from whom, and what came of it. */
export function CallbackFacts({ callback }: { callback: CallbackRow & { provider: { name: string } } }) {
	const t = useT("inbox");
	return (
		<dl className="facts">
			<dt>{t("came")}</dt>
			<dd>
				<Time atUtc={callback.atUtc} style="dateTimeSeconds" />
			</dd>
			<dt>{t("filter.provider")}</dt>
			<dd>
				<bdi>{callback.provider.name}</bdi>
			</dd>
			<dt>{t("filter.standing")}</dt>
			<dd>
				<StandingDot standing={callback.standing} />
				{callback.detail && (
					<p className="soft small break" dir="auto">
						{callback.detail}
					</p>
				)}
			</dd>
			{callback.path && (
				<>
					<dt>{t("one.path")}</dt>
					<dd>
						<code dir="ltr" className="break">
							{callback.path}
						</code>
					</dd>
				</>
			)}
			<dt>{t("bytes")}</dt>
			<dd>
				<Num value={callback.bytes} />
			</dd>
		</dl>
	);
}
