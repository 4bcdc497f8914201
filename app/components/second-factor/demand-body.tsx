import type { SubmissionResult } from "@conform-to/react";
import { translateIssue } from "#app/lib/issue.ts";
import { useT } from "#app/lib/page-context.ts";
import type { DemandPage } from "#app/modules/second-factor/get-demand-page.server.ts";
import { Alert } from "../alert.tsx";
import { DemandForm } from "./demand-form.tsx";
import { ResetForm } from "./reset-form.tsx";

/** The page about other people's second factors, of the own account and of one below: what is demanded, and who has lost theirs. */
export function DemandBody(props: {
	page: DemandPage;
	isReset: boolean;
	answer: { refused: string } | SubmissionResult | undefined;
}) {
	const t = useT("factor");
	const { page, isReset, answer } = props;
	return (
		<>
			{isReset && !answer && <Alert tone="good">{t("reset.done")}</Alert>}
			{answer && "refused" in answer && <Alert tone="bad">{translateIssue(t, answer.refused)}</Alert>}
			<DemandForm page={page} />
			<ResetForm people={page.people} lastResult={answer && "refused" in answer ? undefined : answer} />
		</>
	);
}
