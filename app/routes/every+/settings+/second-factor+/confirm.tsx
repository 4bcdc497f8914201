import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, data, type HeadersFunction, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData } from "@remix-run/react";
import { Alert } from "#app/components/alert.tsx";
import { LinkButton } from "#app/components/button.tsx";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { ConfirmForm } from "#app/components/second-factor/confirm-form.tsx";
import { RecoveryCodes } from "#app/components/second-factor/recovery-codes.tsx";
import { useT } from "#app/lib/page-context.ts";
import { requireActor, requireSignedIn } from "#app/modules/access/require-actor.server.ts";
import { requireSelf } from "#app/modules/access/require-right.ts";
import { brandFor } from "#app/modules/brand/brand-for.server.ts";
import { confirmSetUp } from "#app/modules/second-factor/confirm-set-up.server.ts";
import { confirmSchema } from "#app/modules/second-factor/second-factor.schema.ts";
import { HIDDEN, secondFactorTrouble } from "#app/modules/second-factor/second-factor-trouble.server.ts";
import { setUpPage } from "#app/modules/second-factor/set-up-page.server.ts";

export const handle: PageHandle = { title: (t) => t("factor:set_up.title") };

/** The secret and the codes must stay in nobody's cache, not even in the browser's own. */
export const headers: HeadersFunction = () => ({ "Cache-Control": "no-store" });

export function loader({ request }: LoaderFunctionArgs) {
	requireSelf(requireActor(request));
	return null;
}

export async function action({ request }: ActionFunctionArgs) {
	const signedIn = requireSignedIn(request);
	const form = await request.formData();
	const submission = parseWithZod(form, { schema: confirmSchema });
	const show = () => {
		const names = { issuer: brandFor(request).name, login: signedIn.user.login };
		return setUpPage(signedIn.actor, String(form.get("setUp")), names);
	};
	try {
		if (submission.status !== "success")
			return data({ page: show(), lastResult: submission.reply(HIDDEN) }, { status: 422 });
		return data({ codes: await confirmSetUp(signedIn, submission.value) });
	} catch (error) {
		const { reply, ...init } = secondFactorTrouble(error);
		if (init.status === 409) return data(null, init);
		return data({ page: show(), lastResult: submission.reply(reply) }, init);
	}
}

export default function Confirm() {
	const t = useT("factor");
	const path = useCabinetPath();
	const answer = useActionData<typeof action>();
	const codes = answer && "codes" in answer ? answer.codes : undefined;
	const page = answer && "page" in answer ? answer : undefined;
	const title = codes ? t("codes.title") : t("set_up.title");
	return (
		<div className="stack">
			<PageHeader title={title} back={{ to: path("settings/second-factor"), label: t("title") }} />
			{codes ? (
				<RecoveryCodes codes={codes} />
			) : page ? (
				<ConfirmForm page={page.page} lastResult={page.lastResult} />
			) : (
				// The secret was in the form alone: whoever comes without it begins at the beginning.
				<>
					<Alert tone="bad">{t("error.stale")}</Alert>
					<div className="row">
						<LinkButton to={path("settings/second-factor/set-up")}>{t("set_up.again")}</LinkButton>
					</div>
				</>
			)}
		</div>
	);
}
