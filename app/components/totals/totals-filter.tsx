import { Link } from "@remix-run/react";
import { Labelled } from "#app/components/labelled.tsx";
import { useT } from "#app/lib/page-context.ts";
import type { Totals } from "#app/modules/totals/get-totals.server.ts";
import { PRESETS, type Preset } from "#app/modules/totals/period.ts";
import { SubmitButton } from "../button.tsx";

/** Which days, and whose: ready-made periods as links, others as a form; all of it in the address. */
export function TotalsFilter({ totals, presets }: { totals: Totals; presets: Record<Preset, string> }) {
	const t = useT("totals");
	const { period, typed, isClient } = totals;
	return (
		<>
			<nav className="filters" aria-label={t("period")}>
				{PRESETS.map((preset) => (
					<Link
						key={preset}
						discover="none"
						to={`?${presets[preset]}`}
						aria-current={preset === period.preset ? "page" : undefined}
					>
						{t(`preset.${preset}`)}
					</Link>
				))}
			</nav>
			<form method="get" action="?" className="sieve">
				<Labelled id="totals-from" label={t("from")}>
					<input id="totals-from" name="from" type="date" className="box" defaultValue={period.from} />
				</Labelled>
				<Labelled id="totals-to" label={t("to")}>
					<input id="totals-to" name="to" type="date" className="box" defaultValue={period.to} />
				</Labelled>
				{!isClient && (
					<Labelled id="totals-branch" label={t("branch_typed")}>
						<input
							id="totals-branch"
							name="branch"
							className="box"
							defaultValue={typed}
							maxLength={100}
							dir="auto"
							autoComplete="off"
						/>
					</Labelled>
				)}
				<SubmitButton weight="quiet">{t("show")}</SubmitButton>
			</form>
		</>
	);
}
