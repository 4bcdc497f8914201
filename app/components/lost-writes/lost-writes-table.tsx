import type { TFunction } from "i18next";
import { formatMoment } from "#app/lib/format.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import { describeEntry, describeWho } from "#app/modules/audit/describe-entry.ts";
import type { ShownLoss } from "#app/modules/lost-writes/list-lost-writes.server.ts";
import { DataTable } from "../data-table.tsx";
import { StatusDot } from "../status-dot.tsx";
import { Time } from "../time.tsx";

/** What people had saved and the books have lost: when, what, by whom and for which account, and how it stands with it now. */
export function LostWritesTable({ rows }: { rows: readonly ShownLoss[] }) {
	const t = useT("losses");
	return (
		<DataTable
			caption={t("caption")}
			rows={rows}
			rowKey={(row) => row.id}
			columns={[
				{ key: "when", header: t("when"), cell: (row) => <Time atUtc={row.atUtc} style="dateTimeSeconds" /> },
				{ key: "what", header: t("what"), isMain: true, cell: (row) => <What loss={row} /> },
				{ key: "who", header: t("who"), cell: (row) => <Who loss={row} /> },
				{ key: "found", header: t("found"), cell: (row) => <Time atUtc={row.foundAtUtc} /> },
				{ key: "state", header: t("state"), cell: (row) => <State loss={row} /> },
			]}
		/>
	);
}

function What({ loss }: { loss: ShownLoss }) {
	const t = useT("losses") as TFunction;
	const { locale, timeZone } = usePage();
	const { what, facts } = describeEntry({ t, moment: (atUtc) => formatMoment(locale, timeZone, atUtc) }, loss);
	return (
		<>
			{what}
			{loss.subject.name !== null && (
				<>
					{" · "}
					<bdi>{loss.subject.name}</bdi>
				</>
			)}
			{facts.length > 0 && <div className="soft small">{facts.join(" · ")}</div>}
		</>
	);
}

function Who({ loss }: { loss: ShownLoss }) {
	const t = useT("losses") as TFunction;
	return (
		<>
			{describeWho(t, loss.who)}
			<div className="soft small">
				{loss.accountName === null ? t("account_gone") : t("for_account", { name: loss.accountName })}
			</div>
		</>
	);
}

/** Books that had it may lead again; and what was noted too late, nobody was told to be saved by this note. */
function State({ loss }: { loss: ShownLoss }) {
	const t = useT("losses");
	if (loss.isBack) return <StatusDot tone="good">{t("state_back")}</StatusDot>;
	return <StatusDot tone={loss.isInTime ? "bad" : "warn"}>{t(loss.isInTime ? "state_lost" : "state_late")}</StatusDot>;
}
