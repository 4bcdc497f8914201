import type { SubmissionResult } from "@conform-to/react";
import { useT } from "#app/lib/page-context.ts";
import type { getDetailsPage } from "#app/modules/bills/bill-details.server.ts";
import { useCabinetPath } from "../cabinet-path.ts";
import { PageHeader } from "../page-header.tsx";
import { DetailsForm } from "./details-form.tsx";

/** What stands on bills about the own account, or one below. */
export function DetailsPage(props: {
	page: ReturnType<typeof getDetailsPage>;
	lastResult: SubmissionResult | undefined;
}) {
	const t = useT("bills");
	const path = useCabinetPath();
	const { account, details } = props.page;
	const back = account.isOwn
		? { to: path("settings"), label: t("settings:title") }
		: { to: path(`accounts/${account.id}`), label: account.name };
	return (
		<div className="stack">
			<PageHeader title={t("details.title")} back={back} />
			<p>{t(account.isOwn ? (account.isSeller ? "details.text_seller" : "details.text_own") : "details.text_below")}</p>
			<DetailsForm details={details} isSeller={account.isSeller} lastResult={props.lastResult} />
		</div>
	);
}
