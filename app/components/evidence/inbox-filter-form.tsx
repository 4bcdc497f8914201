import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { usePage, useT } from "#app/lib/page-context.ts";
import { type InboxFilter, STANDINGS, TYPED_MAX, writeInboxFilter } from "#app/modules/evidence/inbox-filter.ts";
import { SubmitButton } from "../button.tsx";

interface Props {
	filter: InboxFilter;
	providers: { id: number; name: string }[];
}

/** All that the inbox can be narrowed by; sent as an address. */
export function InboxFilterForm({ filter, providers }: Props) {
	const t = useT("inbox");
	return (
		<form method="get" action="?" className="sieve tops">
			<Labelled name="text" label={t("filter.text")}>
				<input {...boxOf("text")} defaultValue={filter.text} maxLength={TYPED_MAX} dir="auto" />
			</Labelled>
			<Labelled name="provider" label={t("filter.provider")}>
				<select {...boxOf("provider")} defaultValue={filter.provider ?? ""}>
					<option value="">{t("filter.all")}</option>
					{providers.map(({ id, name }) => (
						<option key={id} value={id}>
							{name}
						</option>
					))}
				</select>
			</Labelled>
			<Labelled name="standing" label={t("filter.standing")}>
				<select {...boxOf("standing")} defaultValue={filter.standing ?? ""}>
					<option value="">{t("filter.all")}</option>
					{STANDINGS.map((one) => (
						<option key={one} value={one}>
							{t(`standing.${one}`)}
						</option>
					))}
				</select>
			</Labelled>
			<Moment name="from" filter={filter} />
			<Moment name="to" filter={filter} />
			<SubmitButton weight="quiet">{t("filter.submit")}</SubmitButton>
			{writeInboxFilter(filter) !== "" && (
				<Link discover="none" to="?">
					{t("filter.clear")}
				</Link>
			)}
		</form>
	);
}

function boxOf(name: string) {
	return { id: `inbox-${name}`, name, className: "box" };
}

/** By the clock of the account. */
function Moment({ name, filter }: { name: "from" | "to"; filter: InboxFilter }) {
	const t = useT("inbox");
	const { timeZone } = usePage();
	return (
		<Labelled name={name} label={t(`filter.${name}`)}>
			<input {...boxOf(name)} type="datetime-local" defaultValue={filter[name]} title={timeZone} />
		</Labelled>
	);
}

function Labelled({ name, label, children }: { name: string; label: string; children: ReactNode }) {
	return (
		<div>
			<label className="label" htmlFor={`inbox-${name}`}>
				{label}
			</label>
			{children}
		</div>
	);
}
