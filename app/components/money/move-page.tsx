import { formatMoney, writeMicros } from "#app/lib/micros.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import type { getMovePage } from "#app/modules/money/get-move-page.server.ts";
import type { MoveDeed } from "#app/modules/money/move-deed.ts";
import type { FailedMove } from "#app/modules/money/move-trouble.ts";
import { Alert } from "../alert.tsx";
import { useCabinetPath } from "../cabinet-path.ts";
import { PageHeader } from "../page-header.tsx";
import { BalanceFacts } from "./balance-facts.tsx";
import { MoveForm } from "./move-form.tsx";

/** A page that moves money between the own account and one below it. */
export function MovePage(props: {
	deed: MoveDeed;
	page: ReturnType<typeof getMovePage>;
	failed: FailedMove | undefined;
}) {
	const t = useT("money");
	const path = useCabinetPath();
	const { locale } = usePage();
	const { deed, failed } = props;
	const { account, balance, own, currency, formKey } = props.page;
	const sum = (micros: number) => formatMoney(locale, micros, currency);
	const all = Math.max(0, balance.availableMicros);
	const back = path(`accounts/${account.id}/money`);
	const amountOf = {
		"top-up": { label: t("amount", { currency }), help: t("help.top-up", { has: sum(own.spendableMicros) }) },
		"take-back": { label: t("amount", { currency }), help: t("help.take-back", { has: sum(all) }) },
		zero: undefined,
		credit: { label: t("limit", { currency }), help: t("help.credit"), value: writeMicros(balance.creditMicros) },
	};
	return (
		<div className="stack">
			<PageHeader
				title={t(`move.${deed}.title`, { name: account.name })}
				back={{ to: back, label: t("title_of", { name: account.name }) }}
			/>
			{account.isClosed && <Alert tone="info">{t("error.closed")}</Alert>}
			<BalanceFacts balance={balance} currency={currency} />
			<p>{t(`move.${deed}.text`, { amount: sum(all) })}</p>
			<MoveForm
				amount={amountOf[deed]}
				noteHelp={t("note_help")}
				submit={t(`move.${deed}.submit`, { amount: sum(all) })}
				formKey={formKey}
				failed={failed}
				back={back}
				isDanger={deed === "zero"}
			/>
		</div>
	);
}
