import { Link } from "@remix-run/react";
import { formatMoment } from "#app/lib/format.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import { VERB_GROUP_NAMES } from "#app/modules/audit/trail-filter.ts";
import type { LostFilter } from "#app/modules/lost-writes/lost-write.ts";
import { SubmitButton } from "../button.tsx";
import { Labelled } from "../labelled.tsx";

interface Props {
	filter: LostFilter;
	takeOvers: { epoch: number; atUtc: number; entries: number }[];
}

/** By the failover that lost it, and by what was done; sent as an address. */
export function LostFilterForm({ filter, takeOvers }: Props) {
	const t = useT("losses");
	const { locale, timeZone } = usePage();
	return (
		<form method="get" action="?" className="sieve tops">
			<Labelled id="lost-epoch" label={t("filter.epoch")}>
				<select id="lost-epoch" name="epoch" className="box" defaultValue={filter.epoch ?? ""}>
					<option value="">{t("filter.all")}</option>
					{takeOvers.map(({ epoch, atUtc, entries }) => (
						<option key={epoch} value={epoch}>
							{t("filter.one", { at: formatMoment(locale, timeZone, atUtc), count: entries })}
						</option>
					))}
				</select>
			</Labelled>
			<Labelled id="lost-verb" label={t("filter.verb")}>
				<select id="lost-verb" name="verb" className="box" defaultValue={filter.group ?? ""}>
					<option value="">{t("filter.all")}</option>
					{VERB_GROUP_NAMES.map((group) => (
						<option key={group} value={group}>
							{t(`trail:group.${group}`)}
						</option>
					))}
				</select>
			</Labelled>
			<SubmitButton weight="quiet">{t("filter.submit")}</SubmitButton>
			{(filter.epoch !== null || filter.group !== null) && (
				<Link discover="none" to="?">
					{t("filter.clear")}
				</Link>
			)}
		</form>
	);
}
