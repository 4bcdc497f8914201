import { formatMoney } from "#app/lib/micros.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import type { getOutsidePage } from "#app/modules/money/get-move-page.server.ts";
import type { FailedMove } from "#app/modules/money/move-trouble.ts";
import { PageHeader } from "../page-header.tsx";
import { BalanceFacts } from "./balance-facts.tsx";
import { MoveForm } from "./move-form.tsx";

/** A page that moves money between the root and what is beyond the installation. */
export function OutsidePage(props: {
	deed: "deposit" | "withdraw";
	page: ReturnType<typeof getOutsidePage>;
	failed: FailedMove | undefined;
}) {
	const t = useT("money");
	const { locale } = usePage();
	const { deed, failed } = props;
	const { own, currency, formKey } = props.page;
	const has = formatMoney(locale, Math.max(0, own.availableMicros), currency);
	return (
		<div className="stack">
			<PageHeader title={t(`move.${deed}.title`)} back={{ to: "/admin/money", label: t("title") }} />
			<BalanceFacts balance={own} currency={currency} />
			<p>{t(`move.${deed}.text`)}</p>
			<MoveForm
				amount={{
					label: t("amount", { currency }),
					help: deed === "withdraw" ? t("help.withdraw", { has }) : undefined,
				}}
				noteHelp={t("note_help_outside")}
				submit={t(`move.${deed}.submit`)}
				formKey={formKey}
				failed={failed}
				back="/admin/money"
			/>
		</div>
	);
}
