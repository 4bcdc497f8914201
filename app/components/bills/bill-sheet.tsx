import { countryName } from "#app/lib/country.ts";
import { formatNumber } from "#app/lib/format.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import type { Bill, BillBalance, BillLine } from "#app/modules/bills/bill.ts";
import { DataTable } from "../data-table.tsx";
import { Amount, Money } from "../money/amount.tsx";
import { Num } from "../num.tsx";
import { Time } from "../time.tsx";
import { useDays } from "./use-days.ts";

/** A bill as it is printed: who to whom, for what, how much, and how to pay. Only what was written down when it was issued. */
export function BillSheet({ bill }: { bill: Bill }) {
	const t = useT("bills");
	const days = useDays();
	const { seller, buyer, currency, cancelsNumber } = bill;
	return (
		<article className="stack bill">
			<dl className="facts">
				<dt>{t("period")}</dt>
				<dd>{days(bill.fromDay, bill.toDay)}</dd>
				<dt>{t("issued")}</dt>
				<dd>
					<Time atUtc={bill.issuedAtUtc} style="date" />
				</dd>
				{cancelsNumber !== null && <dt>{t("cancels")}</dt>}
				{cancelsNumber !== null && <dd>{t("number", { number: cancelsNumber })}</dd>}
			</dl>
			<div className="parties">
				<PartyBlock title={t("seller")} of={seller} />
				<PartyBlock title={t("buyer")} of={buyer} />
			</div>
			<Lines lines={bill.lines} currency={currency} />
			<Sums bill={bill} />
			{seller.payment !== "" && cancelsNumber === null && (
				<section>
					<h2>{t("payment")}</h2>
					<p className="lines" dir="auto">
						{seller.payment}
					</p>
				</section>
			)}
			{bill.balance && <Balance of={bill.balance} currency={currency} />}
			{seller.note !== "" && (
				<p className="lines" dir="auto">
					{seller.note}
				</p>
			)}
			<p className="soft small">{t("rule")}</p>
		</article>
	);
}

function PartyBlock({ title, of }: { title: string; of: Bill["buyer"] }) {
	const t = useT("bills");
	return (
		<section>
			<h2>{title}</h2>
			<p dir="auto">
				<b>{of.legalName}</b>
			</p>
			{of.address !== "" && (
				<p className="lines" dir="auto">
					{of.address}
				</p>
			)}
			{of.taxId !== "" && (
				<p>
					{t("tax_id")}: <bdi>{of.taxId}</bdi>
				</p>
			)}
		</section>
	);
}

function Lines({ lines, currency }: { lines: BillLine[]; currency: string }) {
	const t = useT("bills");
	return (
		<DataTable
			caption={t("lines")}
			rows={lines}
			rowKey={({ channel, country, kind }) => `${channel} ${country} ${kind}`}
			columns={[
				{ key: "what", header: t("what"), isMain: true, cell: (line) => <What line={line} /> },
				{
					key: "quantity",
					header: t("quantity"),
					isNumber: true,
					cell: ({ channel, quantity }) => (channel === "" ? "–" : <Num value={quantity} />),
				},
				{
					key: "amount",
					header: t("amount", { currency }),
					isNumber: true,
					cell: ({ amountMicros }) => <Amount micros={amountMicros} />,
				},
			]}
		/>
	);
}

function What({ line: { channel, country, kind } }: { line: BillLine }) {
	const t = useT("bills");
	const { locale } = usePage();
	if (channel === "") return <>{t("fees")}</>;
	const place = country === "" ? t("country_unknown") : countryName(locale, country);
	return <>{[t(`campaigns:channel.${channel}`), place, t(`routing:kind.${kind}`)].join(" · ")}</>;
}

function Sums({ bill: { sumMicros, totalMicros, taxMicros, currency, seller } }: { bill: Bill }) {
	const t = useT("bills");
	const { locale } = usePage();
	const rate = formatNumber(locale, seller.taxRate / 10_000, { style: "percent", maximumFractionDigits: 2 });
	return (
		<dl className="facts sums">
			{sumMicros !== totalMicros && <dt>{t("sum")}</dt>}
			{sumMicros !== totalMicros && (
				<dd>
					<Money micros={sumMicros} currency={currency} />
				</dd>
			)}
			<dt>{t("total")}</dt>
			<dd>
				<b>
					<Money micros={totalMicros} currency={currency} />
				</b>
			</dd>
			{seller.taxRate > 0 && <dt>{t("tax", { rate })}</dt>}
			{seller.taxRate > 0 && (
				<dd>
					<Money micros={taxMicros} currency={currency} />
				</dd>
			)}
			{seller.taxRate > 0 && <dt>{t("net")}</dt>}
			{seller.taxRate > 0 && (
				<dd>
					<Money micros={totalMicros - taxMicros} currency={currency} />
				</dd>
			)}
		</dl>
	);
}

function Balance({ of: { openingMicros, closingMicros, moves }, currency }: { of: BillBalance; currency: string }) {
	const t = useT("bills");
	const rows = [
		{ key: "opening", label: t("balance.opening"), micros: openingMicros, isSum: true },
		...(moves ?? [{ kind: "all", micros: closingMicros - openingMicros }]).map(({ kind, micros }) => ({
			...{ key: kind, micros, isSum: false },
			label: kind === "all" ? t("balance.all") : t(`money:kind.${kind}`),
		})),
		{ key: "closing", label: t("balance.closing"), micros: closingMicros, isSum: true },
	];
	return (
		<DataTable
			caption={t("balance.title")}
			isCaptionShown
			rows={rows}
			rowKey={({ key }) => key}
			columns={[
				{ key: "what", header: t("what"), isMain: true, cell: ({ label }) => label },
				{
					key: "amount",
					header: t("amount", { currency }),
					isNumber: true,
					cell: ({ micros, isSum }) => <Amount micros={micros} isSigned={!isSum} />,
				},
			]}
		/>
	);
}
