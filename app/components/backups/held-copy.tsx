import { getFormProps, useForm } from "@conform-to/react";
import type { FormReply } from "#app/lib/form-reply.ts";
import { formatMoment } from "#app/lib/format.ts";
import { translateIssue } from "#app/lib/issue.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import type { WireWord } from "#app/modules/backup/hold.ts";
import type { UnderWay } from "#app/modules/backup/list-under-way.server.ts";
import { Alert } from "../alert.tsx";
import { SubmitButton } from "../button.tsx";
import { ChoiceField } from "../choice-field.tsx";
import { DataTable } from "../data-table.tsx";
import { ErrorSummary } from "../error-summary.tsx";
import { useRights } from "../frame/root-data.ts";
import { Num } from "../num.tsx";
import { PostForm } from "../post-form.tsx";

interface Props {
	hold: { copiedAtUtc: number; wire: WireWord | null; isAsked: boolean };
	underWay: { campaigns: UnderWay[]; count: number };
	lastResult: FormReply | undefined;
}

/** A restored copy that nobody has released: what it shows, what was under way in it, and how it becomes the original. */
export function HeldCopy({ hold, underWay, lastResult }: Props) {
	const t = useT("backups");
	const { locale, timeZone } = usePage();
	const may = useRights();
	const stand = hold.isAsked ? "asked" : (hold.wire ?? "unlooked");
	return (
		<>
			<Alert tone="warn" title={t("held.title")}>
				<p>{t("held.text", { when: formatMoment(locale, timeZone, hold.copiedAtUtc) })}</p>
				<p>{t(`held.${stand}`)}</p>
			</Alert>
			<UnderWayTable {...underWay} />
			{!hold.isAsked && hold.wire && may("providers.update") && (
				<ReleaseForm standard={hold.wire} lastResult={lastResult} />
			)}
		</>
	);
}

function UnderWayTable({ campaigns, count }: Props["underWay"]) {
	const t = useT("backups");
	const tc = useT("campaigns");
	if (count === 0) return <p>{t("held.under_way_none")}</p>;
	return (
		<>
			<DataTable
				caption={t("held.under_way")}
				isCaptionShown
				rows={campaigns}
				rowKey={(row) => row.id}
				columns={[
					{ key: "campaign", header: t("held.campaign"), isMain: true, cell: (row) => <bdi>{row.name}</bdi> },
					{ key: "account", header: t("held.account"), cell: (row) => <bdi>{row.accountName}</bdi> },
					{ key: "state", header: t("held.state"), cell: (row) => tc(`state.${row.state}`) },
					{ key: "left", header: t("held.left"), isNumber: true, cell: (row) => <Num value={row.queued} /> },
				]}
			/>
			{count > campaigns.length && <p>{t("held.more", { count: count - campaigns.length })}</p>}
		</>
	);
}

function ReleaseForm({ standard, lastResult }: { standard: WireWord; lastResult: FormReply | undefined }) {
	const t = useT("backups");
	const [form, fields] = useForm<Record<"wire" | "stopped", string>>({ id: "release", lastResult });
	const error = fields.stopped.errors?.[0];
	return (
		<PostForm className="form" {...getFormProps(form)}>
			<ErrorSummary form={form} />
			<ChoiceField
				field={fields.wire}
				legend={t("held.wire")}
				standard={standard}
				options={(["whole", "lost"] as const).map((value) => ({ value, label: t(`held.wire_${value}`) }))}
			/>
			<div className="field">
				<label className="choice">
					<input
						type="checkbox"
						id={fields.stopped.id}
						name={fields.stopped.name}
						defaultChecked={fields.stopped.initialValue === "on"}
						aria-invalid={error ? true : undefined}
						aria-describedby={error ? fields.stopped.errorId : undefined}
					/>
					<span>{t("held.stopped")}</span>
				</label>
				{error && (
					<p className="error" id={fields.stopped.errorId}>
						{translateIssue(t as never, error)}
					</p>
				)}
			</div>
			<div>
				<SubmitButton weight="danger">{t("held.release")}</SubmitButton>
			</div>
		</PostForm>
	);
}
