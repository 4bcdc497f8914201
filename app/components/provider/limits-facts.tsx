import { useT } from "#app/lib/page-context.ts";
import type { LimitsValues } from "#app/modules/providers/get-limits-page.server.ts";

/** The limits and alarms for whoever may only look. */
export function LimitsFacts({ values }: { values: LimitsValues }) {
	const t = useT("limits");
	return (
		<dl className="facts">
			{(Object.keys(values) as (keyof LimitsValues)[]).flatMap((name) => [
				<dt key={name}>{t(`field.${name}`)}</dt>,
				<dd key={`${name}-value`}>{values[name] || t("none")}</dd>,
			])}
		</dl>
	);
}
