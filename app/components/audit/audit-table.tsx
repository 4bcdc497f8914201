import type { TFunction } from "i18next";
import { formatMoment } from "#app/lib/format.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import { describeEntry, describeWho } from "#app/modules/audit/describe-entry.ts";
import type { NamedEntry, Subject } from "#app/modules/audit/name-entries.server.ts";
import { useCabinetPath } from "../cabinet-path.ts";
import { DataTable } from "../data-table.tsx";
import { useRights } from "../frame/root-data.ts";
import { NameLink } from "../name-link.tsx";
import { Time } from "../time.tsx";

/** Entries of the audit in words: when, what was done to what, by whom. For one's own log and for the trail of a branch. */
export function AuditTable({ rows, caption }: { rows: readonly NamedEntry[]; caption: string }) {
	const t = useT("audit");
	return (
		<DataTable
			caption={caption}
			rows={rows}
			rowKey={(row) => row.id}
			columns={[
				{ key: "when", header: t("when"), cell: (row) => <Time atUtc={row.atUtc} style="dateTimeSeconds" /> },
				{ key: "what", header: t("what"), isMain: true, cell: (row) => <What entry={row} /> },
				{ key: "who", header: t("who.title"), cell: (row) => <Doer entry={row} /> },
			]}
		/>
	);
}

function What({ entry }: { entry: NamedEntry }) {
	const t = useT("audit") as TFunction;
	const { locale, timeZone } = usePage();
	const moment = (atUtc: number) => formatMoment(locale, timeZone, atUtc);
	const { what, facts } = describeEntry({ t, moment }, entry);
	return (
		<>
			{what}
			{entry.subject.name !== null && (
				<>
					{" · "}
					<SubjectLink subject={entry.subject} name={entry.subject.name} />
				</>
			)}
			{facts.length > 0 && <div className="soft small">{facts.join(" · ")}</div>}
		</>
	);
}

function SubjectLink({ subject, name }: { subject: Subject; name: string }) {
	const path = useCabinetPath();
	const may = useRights();
	const to =
		subject.kind === "campaign" && may("campaigns.read")
			? path(`campaigns/${subject.id}`)
			: subject.kind === "account" && may("accounts.read")
				? path(`accounts/${subject.id}`)
				: undefined;
	if (!to) return <bdi>{name}</bdi>;
	return <NameLink to={to}>{name}</NameLink>;
}

function Doer({ entry }: { entry: NamedEntry }) {
	const t = useT("audit") as TFunction;
	return (
		<>
			{describeWho(t, entry.who)}
			{entry.inNameOf !== null && <div className="soft small">{t("in_name_of", { name: entry.inNameOf })}</div>}
		</>
	);
}
