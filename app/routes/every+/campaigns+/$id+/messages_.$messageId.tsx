import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Alert } from "#app/components/alert.tsx";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { MessageChargeFacts } from "#app/components/charging/message-charge-facts.tsx";
import { AttemptsTable } from "#app/components/evidence/attempts-table.tsx";
import { MessageFacts } from "#app/components/evidence/message-facts.tsx";
import { ProofsTable } from "#app/components/evidence/proofs-table.tsx";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { evidenceNotFound } from "#app/modules/evidence/evidence-trouble.ts";
import { getEvidence } from "#app/modules/evidence/get-evidence.server.ts";

export const handle: PageHandle = { title: (t) => t("evidence:title") };

export async function loader({ request, params }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	return await getEvidence(actor, Number(params.id), Number(params.messageId)).catch(evidenceNotFound);
}

export default function Evidence() {
	const t = useT("evidence");
	const path = useCabinetPath();
	const { campaign, message, charge, standing, daysKept, attempts, proofs } = useLoaderData<typeof loader>();
	return (
		<div className="stack">
			<PageHeader
				title={t("title")}
				back={{ to: path(`campaigns/${campaign.id}/messages`), label: t("back") }}
				note={<bdi>{campaign.name}</bdi>}
			/>
			<MessageFacts message={message} />
			{charge && <MessageChargeFacts charge={charge} />}
			{standing === "away" && <Alert tone="warn">{t("away")}</Alert>}
			{standing === "too_old" && <Alert tone="info">{t("too_old", { days: daysKept })}</Alert>}
			<h2>{t("attempts.title")}</h2>
			{attempts.length > 0 ? <AttemptsTable attempts={attempts} /> : <p>{t(`attempts.none_${standing}`)}</p>}
			<h2>{t("proofs.title")}</h2>
			{proofs.length > 0 ? <ProofsTable proofs={proofs} /> : <p>{t(`proofs.none_${standing}`)}</p>}
			<p className="soft small">{t("kept", { days: daysKept })}</p>
		</div>
	);
}
