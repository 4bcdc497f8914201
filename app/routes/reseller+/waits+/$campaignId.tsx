import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { Alert } from "#app/components/alert.tsx";
import { SubmitButton } from "#app/components/button.tsx";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { useRights } from "#app/components/frame/root-data.ts";
import { WaitFacts } from "#app/components/limits/wait-facts.tsx";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { PostForm } from "#app/components/post-form.tsx";
import { translateIssue } from "#app/lib/issue.ts";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { getWait } from "#app/modules/limits/get-waits.server.ts";
import { saveDecision, waitOr404 } from "#app/modules/limits/save-decision.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle<{ name: string }> = { title: (_t, { name }) => name };

export function loader({ request, params }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	return waitOr404(() => readBooks((tx) => getWait(tx, actor, Number(params.campaignId))));
}

export async function action({ request, params }: ActionFunctionArgs) {
	const actor = requireActor(request);
	const trouble = await saveDecision(actor, Number(params.campaignId), await request.formData());
	if (trouble) return data(trouble, { status: trouble.status });
	return redirect(`/${actor.account.kind}/waits/${params.campaignId}`);
}

export default function WaitPage() {
	const t = useT("bounds");
	const may = useRights();
	const path = useCabinetPath();
	const wait = useLoaderData<typeof loader>();
	const trouble = useActionData<typeof action>();
	return (
		<div className="stack">
			<PageHeader title={wait.name} isUserText back={{ to: path("waits"), label: t("waits.title") }} />
			{trouble && <Alert tone="bad">{translateIssue(t as never, trouble.issue)}</Alert>}
			{wait.decision && <Alert tone="info">{t(`waits.is_${wait.decision}`)}</Alert>}
			<p>{t("waits.text")}</p>
			<WaitFacts wait={wait} />
			{wait.isWaiting && may("accounts.update") && (
				<PostForm className="row">
					<SubmitButton name="decision" value="released">
						{t("waits.release")}
					</SubmitButton>
					{wait.decision === null && (
						<SubmitButton weight="quiet" name="decision" value="kept">
							{t("waits.keep")}
						</SubmitButton>
					)}
				</PostForm>
			)}
		</div>
	);
}
