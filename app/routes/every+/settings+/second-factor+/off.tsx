import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { NotSetUp } from "#app/components/second-factor/not-set-up.tsx";
import { ProofForm } from "#app/components/second-factor/proof-form.tsx";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { getSecondFactor } from "#app/modules/second-factor/get-second-factor.server.ts";
import { proofSchema } from "#app/modules/second-factor/second-factor.schema.ts";
import { HIDDEN, secondFactorTrouble } from "#app/modules/second-factor/second-factor-trouble.server.ts";
import { switchOff } from "#app/modules/second-factor/switch-off.server.ts";

export const handle: PageHandle = { title: (t) => t("factor:switch_off.title") };

export function loader({ request }: LoaderFunctionArgs) {
	const { isOn, isDemanded } = getSecondFactor(requireActor(request));
	return { isOn, isDemanded };
}

export async function action({ request, context }: ActionFunctionArgs) {
	const actor = requireActor(request);
	const submission = parseWithZod(await request.formData(), { schema: proofSchema });
	if (submission.status !== "success") return data(submission.reply(HIDDEN), { status: 422 });
	const trouble = await switchOff(actor, submission.value, context.address).catch(secondFactorTrouble);
	if (!trouble) return redirect(`/${actor.account.kind}/settings/second-factor`);
	return data(submission.reply(trouble.reply), trouble);
}

export default function SwitchOff() {
	const t = useT("factor");
	const path = useCabinetPath();
	const { isOn, isDemanded } = useLoaderData<typeof loader>();
	const lastResult = useActionData<typeof action>();
	return (
		<div className="stack">
			<PageHeader title={t("switch_off.title")} back={{ to: path("settings/second-factor"), label: t("title") }} />
			{!isOn ? (
				<NotSetUp />
			) : isDemanded ? (
				<p>{t("error.demanded")}</p>
			) : (
				<ProofForm isOn lastResult={lastResult} submit={t("switch_off.submit")} isDangerous>
					<p>{t("switch_off.text")}</p>
				</ProofForm>
			)}
		</div>
	);
}
