import type { TFunction } from "i18next";
import { formatMonth } from "#app/lib/format.ts";
import type { Locale } from "#app/lib/locale.ts";
import { formatMoney } from "#app/lib/micros.ts";
import type { ReadNotice } from "#app/modules/notices/list-notices.server.ts";

type Told<Kind extends ReadNotice["kind"]> = Extract<ReadNotice, { kind: Kind }>;

/** A fee that the balance does not cover, for the account itself and for its dealer. */
export function feeWords(t: TFunction, locale: Locale, notice: Told<"fee.unpaid"> | Told<"fee.unpaid-below">) {
	const { sender, month, amountMicros, currency } = notice.detail;
	const values = {
		month: formatMonth(locale, month),
		what: sender ? `⁨${sender}⁩` : t("fees:account_fee"),
		amount: formatMoney(locale, amountMicros, currency),
	};
	if (notice.kind === "fee.unpaid") return { text: t("notices:text.fee_unpaid", values) as string, to: "prices" };
	const { accountId, name } = notice.detail;
	return { text: t("notices:text.fee_unpaid_below", { ...values, name }) as string, to: `accounts/${accountId}/fees` };
}

/** Little is left to be spent, for the account itself and for its dealer. */
export function lowWords(t: TFunction, locale: Locale, notice: Told<"balance.low"> | Told<"balance.low-below">) {
	const { spendableMicros, lowMicros, currency } = notice.detail;
	const values = {
		left: formatMoney(locale, spendableMicros, currency),
		low: formatMoney(locale, lowMicros, currency),
	};
	if (notice.kind === "balance.low") return { text: t("notices:text.balance_low", values) as string, to: "money" };
	const { accountId, name } = notice.detail;
	return {
		text: t("notices:text.balance_low_below", { ...values, name }) as string,
		to: `accounts/${accountId}/money`,
	};
}
