import { getFormProps, useForm } from "@conform-to/react";
import { translateIssue } from "#app/lib/issue.ts";
import { formatMoney } from "#app/lib/micros.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import type { TopUpPage as Data } from "#app/modules/money/get-top-up-page.server.ts";
import { NOTE_MAX, WHOM_MAX } from "#app/modules/money/money.schema.ts";
import type { FailedTopUp } from "#app/modules/money/save-top-up.server.ts";
import { Alert } from "../alert.tsx";
import { LinkButton, SubmitButton } from "../button.tsx";
import { useCabinetPath } from "../cabinet-path.ts";
import { ErrorSummary } from "../error-summary.tsx";
import { TextAreaField, TextField } from "../field.tsx";
import { PageHeader } from "../page-header.tsx";
import { PostForm } from "../post-form.tsx";
import { Money } from "./amount.tsx";
import { BalanceFacts } from "./balance-facts.tsx";

/** Tops up whichever account is typed: asked for first, then confirmed. */
export function TopUpPage({ page, failed }: { page: Data; failed: FailedTopUp | undefined }) {
	const t = useT("money");
	const path = useCabinetPath();
	return (
		<div className="stack">
			<PageHeader title={t("top_up.title")} back={{ to: path("money"), label: t("title") }} />
			{failed && <Alert tone="bad">{translateIssue(t as never, failed.issue)}</Alert>}
			{page.plan ? (
				<Confirm page={page} plan={{ ...page.plan, formKey: failed?.formKey ?? page.plan.formKey }} />
			) : (
				<Ask page={page} />
			)}
		</div>
	);
}

function Ask({ page: { own, currency, typed, lastResult } }: { page: Data }) {
	const t = useT("money");
	const path = useCabinetPath();
	const { locale } = usePage();
	const [form, fields] = useForm<Data["typed"]>({ id: "top-up", lastResult, defaultValue: typed });
	const has = formatMoney(locale, own.spendableMicros, currency);
	return (
		<>
			<BalanceFacts balance={own} currency={currency} />
			<p>{t("top_up.text")}</p>
			<form className="form" {...getFormProps(form)} method="get" action="?">
				<ErrorSummary form={form} />
				<TextField
					field={fields.whom}
					label={t("top_up.whom")}
					help={t("top_up.whom_help")}
					autoComplete="off"
					maxLength={WHOM_MAX}
					isUserText
				/>
				<TextField
					field={fields.amount}
					label={t("amount", { currency })}
					help={t("help.top-up", { has })}
					autoComplete="off"
					inputMode="decimal"
					isUserText
					maxLength={30}
				/>
				<TextAreaField field={fields.note} label={t("note")} help={t("note_help")} rows={2} maxLength={NOTE_MAX} />
				<div className="row">
					<SubmitButton>{t("top_up.check")}</SubmitButton>
					<LinkButton to={path("money")} weight="quiet">
						{t("leave")}
					</LinkButton>
				</div>
			</form>
		</>
	);
}

function Confirm({ page, plan }: { page: Data; plan: NonNullable<Data["plan"]> }) {
	const t = useT("money");
	const path = useCabinetPath();
	const { locale } = usePage();
	const { own, currency, typed } = page;
	const { account, balance, amountMicros, note, formKey } = plan;
	const sums = [
		["top_up.amount", amountMicros],
		["top_up.theirs_after", balance.availableMicros + amountMicros],
		["top_up.yours_after", own.availableMicros - amountMicros],
	] as const;
	return (
		<PostForm className="form">
			<dl className="facts">
				<dt>{t("top_up.account")}</dt>
				<dd>
					<bdi>{account.name}</bdi> (<bdi>{account.login}</bdi>, {account.id})
				</dd>
				{sums.map(([key, micros]) => [
					<dt key={key}>{t(key)}</dt>,
					<dd key={`${key}-sum`}>
						<Money micros={micros} currency={currency} />
					</dd>,
				])}
				{note !== "" && (
					<>
						<dt>{t("note")}</dt>
						<dd className="lines" dir="auto">
							{note}
						</dd>
					</>
				)}
			</dl>
			{balance.owedMicros > 0 && <Alert tone="warn">{t("owes_below")}</Alert>}
			<input type="hidden" name="account" value={account.id} />
			<input type="hidden" name="formKey" value={formKey} />
			<input type="hidden" name="amount" value={typed.amount} />
			<input type="hidden" name="note" value={note} />
			<div className="row">
				<SubmitButton>{t("top_up.submit", { amount: formatMoney(locale, amountMicros, currency) })}</SubmitButton>
				<LinkButton to={path(`money/top-up?${new URLSearchParams({ ...typed, change: "1" })}`)} weight="quiet">
					{t("top_up.change")}
				</LinkButton>
			</div>
		</PostForm>
	);
}
