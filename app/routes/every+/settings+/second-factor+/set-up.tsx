import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, data, type HeadersFunction, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { ConfirmForm } from "#app/components/second-factor/confirm-form.tsx";
import { ProofForm } from "#app/components/second-factor/proof-form.tsx";
import { useT } from "#app/lib/page-context.ts";
import { requireActor, requireSignedIn } from "#app/modules/access/require-actor.server.ts";
import { brandFor } from "#app/modules/brand/brand-for.server.ts";
import { beginSetUp } from "#app/modules/second-factor/begin-set-up.server.ts";
import { getSecondFactor } from "#app/modules/second-factor/get-second-factor.server.ts";
import { passwordSchema, proofSchema } from "#app/modules/second-factor/second-factor.schema.ts";
import { HIDDEN, secondFactorTrouble } from "#app/modules/second-factor/second-factor-trouble.server.ts";
import { setUpPage } from "#app/modules/second-factor/set-up-page.server.ts";

export const handle: PageHandle = { title: (t) => t("factor:set_up.title") };

/** The secret must stay in nobody's cache, not even in the browser's own. */
export const headers: HeadersFunction = () => ({ "Cache-Control": "no-store" });

export function loader({ request }: LoaderFunctionArgs) {
	return { isOn: getSecondFactor(requireActor(request)).isOn };
}

export async function action({ request, context }: ActionFunctionArgs) {
	const { actor, user } = requireSignedIn(request);
	const { isOn } = getSecondFactor(actor);
	const submission = parseWithZod(await request.formData(), { schema: isOn ? proofSchema : passwordSchema });
	if (submission.status !== "success") return data({ lastResult: submission.reply(HIDDEN) }, { status: 422 });
	const setUp = await beginSetUp(actor, submission.value, context.address).catch(secondFactorTrouble);
	if (typeof setUp !== "string") return data({ lastResult: submission.reply(setUp.reply) }, setUp);
	return data({ page: setUpPage(actor, setUp, { issuer: brandFor(request).name, login: user.login }) });
}

export default function SetUp() {
	const t = useT("factor");
	const path = useCabinetPath();
	const { isOn } = useLoaderData<typeof loader>();
	const answer = useActionData<typeof action>();
	const page = answer && "page" in answer ? answer.page : undefined;
	const lastResult = answer && "lastResult" in answer ? answer.lastResult : undefined;
	return (
		<div className="stack">
			<PageHeader title={t("set_up.title")} back={{ to: path("settings/second-factor"), label: t("title") }} />
			{page ? (
				<ConfirmForm page={page} />
			) : (
				<ProofForm isOn={isOn} lastResult={lastResult} submit={t("set_up.next")}>
					<p>{t(isOn ? "set_up.proof_other" : "set_up.proof")}</p>
				</ProofForm>
			)}
		</div>
	);
}
