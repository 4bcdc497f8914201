import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Alert } from "#app/components/alert.tsx";
import { SubmitButton } from "#app/components/button.tsx";
import { CallbackFacts } from "#app/components/evidence/callback-facts.tsx";
import { SaidTable } from "#app/components/evidence/said-table.tsx";
import { useRights } from "#app/components/frame/root-data.ts";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { PostForm } from "#app/components/post-form.tsx";
import { RawText } from "#app/components/raw-text.tsx";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { evidenceNotFound } from "#app/modules/evidence/evidence-trouble.ts";
import { getCallback } from "#app/modules/evidence/get-callback.server.ts";
import { replayCallback } from "#app/modules/evidence/replay-callbacks.server.ts";

export const handle: PageHandle = { title: (t) => t("inbox:one.title_short") };

export async function loader({ request, params }: LoaderFunctionArgs) {
	const actor = requireActor(request, "admin");
	const callback = await getCallback(actor, Number(params.receiptId)).catch(evidenceNotFound);
	return { callback, isAsked: new URL(request.url).searchParams.get("again") === "1" };
}

export async function action({ request, params }: ActionFunctionArgs) {
	const actor = requireActor(request, "admin");
	await replayCallback(actor, Number(params.receiptId)).catch(evidenceNotFound);
	return redirect(`/admin/inbox/${Number(params.receiptId)}?again=1`);
}

export default function Callback() {
	const t = useT("inbox");
	const may = useRights();
	const { callback, isAsked } = useLoaderData<typeof loader>();
	const { said, strangers, isReadable } = callback;
	return (
		<div className="stack">
			<PageHeader title={t("one.title", { id: callback.id })} back={{ to: "/admin/inbox", label: t("title") }} />
			{isAsked && <Alert tone="good">{t("replay.asked")}</Alert>}
			<CallbackFacts callback={callback} />
			{may("providers.update") && (
				<PostForm className="row">
					<SubmitButton weight="quiet">{t("replay.one")}</SubmitButton>
					<span className="soft small">{t("replay.help")}</span>
				</PostForm>
			)}
			<h2>{t("said.title")}</h2>
			{isReadable === false && <p>{t("said.unreadable")}</p>}
			{isReadable === null && <p>{t("said.too_long")}</p>}
			{isReadable && said.length === 0 && strangers.length === 0 && <p>{t("said.nothing")}</p>}
			{said.length > 0 && <SaidTable said={said} />}
			{strangers.length > 0 && (
				<p className="break">
					{t("said.strangers")} <bdi dir="ltr">{strangers.join(", ")}</bdi>
				</p>
			)}
			<h2>{t("one.body")}</h2>
			<RawText label={t("one.body")}>{callback.text}</RawText>
			{callback.isCut && <p className="soft small">{t("one.cut")}</p>}
		</div>
	);
}
