import { Link } from "@remix-run/react";
import { Labelled } from "#app/components/labelled.tsx";
import { useT } from "#app/lib/page-context.ts";
import { type TrailFilter, VERB_GROUP_NAMES, writeTrailFilter } from "#app/modules/audit/trail-filter.ts";
import type { UnknownField } from "#app/modules/audit/trail-range.server.ts";
import { SubmitButton } from "../button.tsx";
import { useRights } from "../frame/root-data.ts";

/** All that the trail can be narrowed by; sent as an address. */
export function TrailFilterForm({ filter, unknown }: { filter: TrailFilter; unknown: UnknownField | null }) {
	const t = useT("trail");
	const may = useRights();
	return (
		<form method="get" action="?" className="sieve tops">
			<Box name="who" label={t("filter.who")} value={filter.who} error={unknown === "who" && t("filter.who_unknown")} />
			<Labelled id="trail-verb" label={t("filter.verb")}>
				<select id="trail-verb" name="verb" className="box" defaultValue={filter.group ?? ""}>
					<option value="">{t("filter.all")}</option>
					{VERB_GROUP_NAMES.map((group) => (
						<option key={group} value={group}>
							{t(`group.${group}`)}
						</option>
					))}
				</select>
			</Labelled>
			{may("accounts.read") && (
				<Box
					name="account"
					label={t("filter.account")}
					value={filter.account}
					error={unknown === "account" && t("filter.account_unknown")}
				/>
			)}
			<Box name="from" label={t("filter.from")} value={filter.from} isDate />
			<Box name="to" label={t("filter.to")} value={filter.to} isDate />
			<SubmitButton weight="quiet">{t("filter.submit")}</SubmitButton>
			{writeTrailFilter(filter) !== "" && (
				<Link discover="none" to="?">
					{t("filter.clear")}
				</Link>
			)}
		</form>
	);
}

function Box(props: { name: string; label: string; value: string; isDate?: boolean; error?: string | false }) {
	const { name, value, isDate, error } = props;
	return (
		<Labelled id={`trail-${props.name}`} label={props.label}>
			<input
				id={`trail-${name}`}
				name={name}
				type={isDate ? "date" : undefined}
				className="box"
				defaultValue={value}
				maxLength={isDate ? undefined : 100}
				dir={isDate ? undefined : "auto"}
				aria-invalid={error ? true : undefined}
				aria-describedby={error ? `trail-${name}-error` : undefined}
			/>
			{error && (
				<p className="error" id={`trail-${name}-error`} role="alert">
					{error}
				</p>
			)}
		</Labelled>
	);
}
