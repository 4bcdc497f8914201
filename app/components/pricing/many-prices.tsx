import { getFormProps, useForm } from "@conform-to/react";
import { Form, useLocation } from "@remix-run/react";
import { formatMoment } from "#app/lib/format.ts";
import { translateIssue } from "#app/lib/issue.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import type { ManyPage } from "#app/modules/pricing/get-many-page.server.ts";
import { CHANNELS } from "#app/modules/routing/content-kinds.ts";
import { Alert } from "../alert.tsx";
import { LinkButton, SubmitButton } from "../button.tsx";
import { ChoiceField } from "../choice-field.tsx";
import { DataTable } from "../data-table.tsx";
import { ErrorSummary } from "../error-summary.tsx";
import { SelectField, TextField } from "../field.tsx";
import { PostForm } from "../post-form.tsx";
import { useLineNames } from "./line-names.ts";
import { Losses } from "./losses.tsx";
import { Price } from "./price.tsx";
import { usePriceColumns } from "./price-columns.tsx";
import { WhenFields } from "./when-fields.tsx";

interface Values {
	how: string;
	from: string;
	percent: string;
	channel: string;
	when: string;
	date: string;
}

/** Many lines at once: what is wished for, then what it comes to. */
export function ManyPrices(props: { page: ManyPage; failed: { issue: string } | undefined; back: string }) {
	const t = useT("prices");
	const { page, failed } = props;
	const issue = failed?.issue ?? page.issue;
	return (
		<>
			{issue && <Alert tone="bad">{translateIssue(t as never, issue)}</Alert>}
			{page.preview ? <Preview preview={page.preview} page={page} back={props.back} /> : <WishForm page={page} />}
		</>
	);
}

function WishForm({ page }: { page: ManyPage }) {
	const t = useT("prices");
	const names = useLineNames();
	const { timeZone } = usePage();
	const [form, fields] = useForm<Values>({ id: "many", lastResult: page.lastResult });
	return (
		<Form method="get" className="form" {...getFormProps(form)}>
			<ErrorSummary form={form} />
			<ChoiceField
				field={fields.how}
				legend={t("many.how")}
				standard="rise"
				options={[
					{ value: "rise", label: t("many.rise") },
					{ value: "copy", label: t("many.copy") },
				]}
			/>
			<TextField field={fields.percent} label={t("many.percent")} help={t("many.percent_help")} inputMode="text" />
			<TextField
				field={fields.from}
				label={t("many.from")}
				help={t(page.buyer.id ? "many.from_help_own" : "many.from_help")}
				isUserText
			/>
			<SelectField
				field={fields.channel}
				label={t("channel")}
				options={[
					{ value: "", label: t("many.all_channels") },
					...CHANNELS.map((value) => ({ value, label: names.channel(value) })),
				]}
			/>
			<WhenFields when={fields.when} date={fields.date} timeZone={timeZone} />
			<div className="row">
				<SubmitButton>{t("many.show")}</SubmitButton>
			</div>
		</Form>
	);
}

function Preview(props: { preview: NonNullable<ManyPage["preview"]>; page: ManyPage; back: string }) {
	const t = useT("prices");
	const names = useLineNames();
	const { locale, timeZone } = usePage();
	const { pathname } = useLocation();
	const { preview, page } = props;
	const { currency } = page;
	const priceColumns = usePriceColumns<(typeof preview.rows)[number]>(currency);
	if (preview.count === 0)
		return (
			<>
				<p>{t("many.nothing")}</p>
				<div className="row">
					<LinkButton weight="quiet" to={pathname}>
						{t("many.again")}
					</LinkButton>
				</div>
			</>
		);
	const from = preview.fromUtc === null ? t("when.now") : formatMoment(locale, timeZone, preview.fromUtc);
	return (
		<PostForm className="stack">
			<DataTable
				caption={t("many.preview")}
				isCaptionShown
				rows={preview.rows}
				rowKey={(row) => [row.channel, row.country, row.kind].join(".")}
				columns={[
					{ key: "line", header: t("line"), isMain: true, cell: (row) => names.whole(row) },
					{
						key: "was",
						header: t("many.was"),
						isNumber: true,
						cell: (row) => <Price micros={row.beforeMicros} currency={currency} />,
					},
					...priceColumns,
				]}
			/>
			{preview.count > preview.rows.length && (
				<p className="help">{t("many.more", { count: preview.count - preview.rows.length })}</p>
			)}
			<p>
				{t("from")}: {from}
			</p>
			<input type="hidden" name="plan" value={preview.hash} />
			<input type="hidden" name="version" value={page.version} />
			{preview.losses && <Losses losses={preview.losses} currency={currency} />}
			<div className="row">
				<SubmitButton>{t("many.submit", { count: preview.count })}</SubmitButton>
				<LinkButton weight="quiet" to={pathname}>
					{t("many.again")}
				</LinkButton>
				<LinkButton weight="quiet" to={props.back}>
					{t("many.keep")}
				</LinkButton>
			</div>
		</PostForm>
	);
}
