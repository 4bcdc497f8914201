import { useT } from "#app/lib/page-context.ts";
import type { ShownAttempt } from "#app/modules/evidence/get-evidence.server.ts";
import { DataTable } from "../data-table.tsx";
import { Num } from "../num.tsx";
import { Time } from "../time.tsx";
import { ProviderLabel } from "./provider-label.tsx";

/** Every call that was made for a message, and what the provider answered. */
export function AttemptsTable({ attempts }: { attempts: ShownAttempt[] }) {
	const t = useT("evidence");
	return (
		<DataTable
			caption={t("attempts.title")}
			rows={attempts}
			rowKey={(row) => `${row.atUtc}/${row.attempt}`}
			columns={[
				{ key: "n", header: t("attempts.attempt"), isMain: true, cell: (row) => <Num value={row.attempt} /> },
				{ key: "provider", header: t("provider"), cell: (row) => <ProviderLabel provider={row.provider} /> },
				{ key: "at", header: t("attempts.at"), cell: (row) => <Time atUtc={row.atUtc} style="dateTimeSeconds" /> },
				{ key: "answers", header: t("attempts.answers"), cell: (row) => <Answers attempt={row} /> },
				{
					key: "id",
					header: t("attempts.our_id"),
					cell: (row) => (
						<code dir="ltr" className="break">
							{row.externalId}
						</code>
					),
				},
				{ key: "text", header: t("attempts.text"), cell: (row) => <Said attempt={row} /> },
			]}
		/>
	);
}

function Answers({ attempt }: { attempt: ShownAttempt }) {
	const t = useT("evidence");
	const tc = useT("causes");
	if (attempt.answers.length === 0) return <span className="soft">{t("attempts.no_answer")}</span>;
	return attempt.answers.map(({ result, cause, atUtc, providerMessageId }) => (
		<div key={`${atUtc}/${result}`}>
			{t(`result.${result}`)}
			{cause && ` · ${tc(`${cause}.what`)}`}
			<div className="soft small">
				<Time atUtc={atUtc} style="dateTimeSeconds" />
				{providerMessageId && (
					<>
						{" · "}
						{t("attempts.their_id")}{" "}
						<code dir="ltr" className="break">
							{providerMessageId}
						</code>
					</>
				)}
			</div>
		</div>
	));
}

function Said({ attempt: { sender, text } }: { attempt: ShownAttempt }) {
	const t = useT("evidence");
	if (text === null) return null;
	return (
		<details>
			<summary>{t("attempts.show")}</summary>
			<b dir="auto">{sender}</b>
			<p dir="auto" className="lines">
				{text}
			</p>
		</details>
	);
}
