import { Form, Link } from "@remix-run/react";
import { SubmitButton } from "#app/components/button.tsx";
import { Labelled } from "#app/components/labelled.tsx";
import { useT } from "#app/lib/page-context.ts";
import {
	type AccountFilter,
	isBalanceWrong,
	isFiltered,
	LISTED_KINDS,
	LISTED_STATES,
} from "#app/modules/accounts/account-filter.ts";

/** All that the list can be narrowed by; sent as an address, so that every view can be kept and shown to a colleague. */
export function AccountFilterForm({ filter, currency }: { filter: AccountFilter; currency: string | null }) {
	const t = useT("lists");
	const ta = useT("accounts");
	const { state = "", kind = "" } = filter;
	const isMoreOpen = Boolean(
		filter.dealer || filter.isDirect || filter.city || filter.activeFrom || filter.activeBefore || filter.balance,
	);
	return (
		<Form method="get" action="?" className="sieve" role="search" aria-label={t("filter.label")}>
			{/* The order stays as it was chosen. */}
			<input type="hidden" name="sort" value={(filter.isDescending ? "-" : "") + filter.sort} />
			<Box name="q" label={t("filter.words")} value={filter.words} type="search" isWide />
			<Choice name="state" label={ta("state.title")} value={state} all={t("filter.open")} values={LISTED_STATES} />
			<Choice name="kind" label={ta("kind.title")} value={kind} all={t("filter.any")} values={LISTED_KINDS} />
			<details open={isMoreOpen}>
				<summary>{t("filter.more")}</summary>
				<div className={isBalanceWrong(filter) ? "sieve tops" : "sieve"}>
					<Box name="dealer" label={t("filter.dealer")} value={filter.dealer} />
					<label className="choice">
						<input type="checkbox" name="direct" value="1" defaultChecked={filter.isDirect} />
						<span>{t("filter.direct")}</span>
					</label>
					<Box name="city" label={t("filter.city")} value={filter.city} />
					{currency !== null && (
						<Box
							name="balance"
							label={t("filter.balance", { currency })}
							value={filter.balance}
							error={isBalanceWrong(filter) ? t("filter.balance_wrong") : undefined}
						/>
					)}
					<Box name="from" label={t("filter.active_from")} value={filter.activeFrom} type="date" />
					<Box name="before" label={t("filter.active_before")} value={filter.activeBefore} type="date" />
				</div>
			</details>
			<SubmitButton weight="quiet">{t("filter.submit")}</SubmitButton>
			{isFiltered(filter) && (
				<Link discover="none" to="?">
					{t("filter.clear")}
				</Link>
			)}
		</Form>
	);
}

function Box(props: {
	name: string;
	label: string;
	value: string;
	type?: "search" | "date";
	isWide?: boolean;
	error?: string;
}) {
	const { name, value, type, error } = props;
	return (
		<Labelled id={`filter-${props.name}`} label={props.label} isWide={props.isWide}>
			<input
				id={`filter-${name}`}
				name={name}
				type={type}
				className="box"
				defaultValue={value}
				maxLength={type === "date" ? undefined : 100}
				dir={type === "date" ? undefined : "auto"}
				aria-invalid={error ? true : undefined}
				aria-describedby={error && `filter-${name}-error`}
			/>
			{error && (
				<p id={`filter-${name}-error`} className="error">
					{error}
				</p>
			)}
		</Labelled>
	);
}

function Choice(props: {
	name: "state" | "kind";
	label: string;
	value: string;
	all: string;
	values: readonly string[];
}) {
	const ta = useT("accounts");
	return (
		<Labelled id={`filter-${props.name}`} label={props.label}>
			<select id={`filter-${props.name}`} name={props.name} className="box" defaultValue={props.value}>
				<option value="">{props.all}</option>
				{props.values.map((value) => (
					<option key={value} value={value}>
						{ta(`${props.name}.${value}`)}
					</option>
				))}
			</select>
		</Labelled>
	);
}
