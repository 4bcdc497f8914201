import { useT } from "#app/lib/page-context.ts";
import type { BookStatement, Statement } from "#app/modules/money/get-statement.server.ts";
import { SubmitButton } from "../button.tsx";
import { useCabinetPath } from "../cabinet-path.ts";
import { DataTable } from "../data-table.tsx";
import { Num } from "../num.tsx";
import { PageHeader } from "../page-header.tsx";
import { Amount } from "./amount.tsx";
import { ExportForms } from "./export-forms.tsx";

/** An account's balances at the beginning and the end of a period, and what moved between. `base`: its money's page, below the cabinet. */
export function StatementPage({ statement, base }: { statement: Statement; base: string }) {
	const t = useT("money");
	const path = useCabinetPath();
	const { account, currency, from, to, books } = statement;
	return (
		<div className="stack">
			<PageHeader
				title={t("statement.title")}
				back={{ to: path(base), label: account.isOwn ? t("title") : t("title_of", { name: account.name }) }}
				action={<ExportForms to={`${path(`${base}/export`)}?of=statement&from=${from}&to=${to}`} />}
			/>
			<form method="get" action="?" className="sieve">
				<Day name="from" label={t("filter.from")} value={from} />
				<Day name="to" label={t("filter.to")} value={to} />
				<SubmitButton weight="quiet">{t("filter.submit")}</SubmitButton>
			</form>
			{books.length === 0 && <p>{t("history.none")}</p>}
			{books.map((one) => (
				<BookTable key={one.book} of={one} currency={currency} />
			))}
		</div>
	);
}

function Day({ name, label, value }: { name: string; label: string; value: string }) {
	return (
		<div>
			<label className="label" htmlFor={`statement-${name}`}>
				{label}
			</label>
			<input id={`statement-${name}`} name={name} type="date" className="box" defaultValue={value} />
		</div>
	);
}

function BookTable({ of, currency }: { of: BookStatement; currency: string }) {
	const t = useT("money");
	const { book, openingMicros, closingMicros, sums } = of;
	const rows = [
		{ key: "opening", label: t("statement.opening"), count: null, micros: openingMicros },
		...(sums ?? []).map(({ kind, count, micros }) => ({ key: kind, label: t(`kind.${kind}`), count, micros })),
		{ key: "closing", label: t("statement.closing"), count: null, micros: closingMicros },
	];
	return (
		<>
			<DataTable
				caption={t(`book.${book}`)}
				isCaptionShown
				rows={rows}
				rowKey={(row) => row.key}
				columns={[
					{ key: "line", header: t("statement.line"), isMain: true, cell: (row) => row.label },
					{
						key: "count",
						header: t("statement.count"),
						isNumber: true,
						cell: (row) => (row.count === null ? "–" : <Num value={row.count} />),
					},
					{
						key: "sum",
						header: t("amount", { currency }),
						isNumber: true,
						cell: (row) => <Amount micros={row.micros} isSigned={row.count !== null} />,
					},
				]}
			/>
			{sums === null && <p>{t("statement.too_many")}</p>}
		</>
	);
}
