import { Link } from "@remix-run/react";
import { Labelled } from "#app/components/labelled.tsx";
import { useT } from "#app/lib/page-context.ts";
import { type HistoryFilter, isFiltered, LINE_KINDS, writeHistoryFilter } from "#app/modules/money/history-filter.ts";
import { SubmitButton } from "../button.tsx";

/** All that a history can be narrowed by; sent as an address. */
export function HistoryFilterForm({ filter }: { filter: HistoryFilter }) {
	const t = useT("money");
	const onlyBook = { book: filter.book, from: "", to: "", words: "" };
	return (
		<form method="get" action="?" className="sieve">
			<input type="hidden" name="book" value={filter.book} />
			<Labelled id="history-kind" label={t("filter.kind")}>
				<select id="history-kind" name="kind" className="box" defaultValue={filter.kind ?? ""}>
					<option value="">{t("filter.all")}</option>
					{LINE_KINDS.map((kind) => (
						<option key={kind} value={kind}>
							{t(`kind.${kind}`)}
						</option>
					))}
				</select>
			</Labelled>
			<Box name="from" label={t("filter.from")} value={filter.from} type="date" />
			<Box name="to" label={t("filter.to")} value={filter.to} type="date" />
			<Box name="q" label={t("filter.words")} value={filter.words} />
			<Box name="campaign" label={t("filter.campaign")} value={String(filter.campaign ?? "")} />
			<SubmitButton weight="quiet">{t("filter.submit")}</SubmitButton>
			{isFiltered(filter) && (
				<Link discover="none" to={`?${writeHistoryFilter(onlyBook)}`}>
					{t("filter.clear")}
				</Link>
			)}
		</form>
	);
}

function Box(props: { name: string; label: string; value: string; type?: "date" }) {
	const { name, value, type } = props;
	return (
		<Labelled id={`history-${props.name}`} label={props.label}>
			<input
				id={`history-${name}`}
				name={name}
				type={type}
				className="box"
				defaultValue={value}
				maxLength={type ? undefined : 100}
				dir={type ? undefined : "auto"}
			/>
		</Labelled>
	);
}
