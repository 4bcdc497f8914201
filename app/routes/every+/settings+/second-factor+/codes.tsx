import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, data, type HeadersFunction, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { NotSetUp } from "#app/components/second-factor/not-set-up.tsx";
import { ProofForm } from "#app/components/second-factor/proof-form.tsx";
import { RecoveryCodes } from "#app/components/second-factor/recovery-codes.tsx";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { getSecondFactor } from "#app/modules/second-factor/get-second-factor.server.ts";
import { renewCodes } from "#app/modules/second-factor/renew-codes.server.ts";
import { proofSchema } from "#app/modules/second-factor/second-factor.schema.ts";
import { HIDDEN, secondFactorTrouble } from "#app/modules/second-factor/second-factor-trouble.server.ts";

export const handle: PageHandle = { title: (t) => t("factor:codes.renew") };

/** The codes must stay in nobody's cache, not even in the browser's own. */
export const headers: HeadersFunction = () => ({ "Cache-Control": "no-store" });

export function loader({ request }: LoaderFunctionArgs) {
	return { isOn: getSecondFactor(requireActor(request)).isOn };
}

export async function action({ request, context }: ActionFunctionArgs) {
	const actor = requireActor(request);
	const submission = parseWithZod(await request.formData(), { schema: proofSchema });
	if (submission.status !== "success") return data({ lastResult: submission.reply(HIDDEN) }, { status: 422 });
	const renewed = await renewCodes(actor, submission.value, context.address).catch(secondFactorTrouble);
	if (Array.isArray(renewed)) return data({ codes: renewed });
	return data({ lastResult: submission.reply(renewed.reply) }, renewed);
}

export default function Codes() {
	const t = useT("factor");
	const path = useCabinetPath();
	const { isOn } = useLoaderData<typeof loader>();
	const answer = useActionData<typeof action>();
	const codes = answer && "codes" in answer ? answer.codes : undefined;
	const lastResult = answer && "lastResult" in answer ? answer.lastResult : undefined;
	return (
		<div className="stack">
			<PageHeader
				title={t(codes ? "codes.title" : "codes.renew")}
				back={{ to: path("settings/second-factor"), label: t("title") }}
			/>
			{codes ? (
				<RecoveryCodes codes={codes} />
			) : !isOn ? (
				<NotSetUp />
			) : (
				<ProofForm isOn lastResult={lastResult} submit={t("codes.submit")}>
					<p>{t("codes.replace")}</p>
				</ProofForm>
			)}
		</div>
	);
}
