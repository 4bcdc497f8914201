import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { StopFacts } from "#app/components/stops/stop-facts.tsx";
import { AskOnce } from "#app/components/team/ask-once.tsx";
import { translateIssue } from "#app/lib/issue.ts";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { getStopPage } from "#app/modules/stops/get-stop-page.server.ts";
import { liftStop } from "#app/modules/stops/lift-stop.server.ts";
import { stopOr404, stopTrouble } from "#app/modules/stops/stop-trouble.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("stops:entry") };

export function loader({ request, params }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	return stopOr404(() => readBooks((tx) => getStopPage(tx, actor, Number(params.stopId))));
}

export async function action({ request, params }: ActionFunctionArgs) {
	const actor = requireActor(request);
	const trouble = await liftStop(actor, Number(params.stopId)).catch(stopTrouble);
	return trouble ? data(trouble, { status: trouble.status }) : redirect(`/${actor.account.kind}/stops`);
}

export default function StopEntry() {
	const t = useT("stops");
	const path = useCabinetPath();
	const stop = useLoaderData<typeof loader>();
	const trouble = useActionData<typeof action>();
	const said = stop.cause === null ? [] : [t("lift.said_no")];
	return (
		<div className="stack">
			<PageHeader title={stop.recipient} isUserText back={{ to: path("stops"), label: t("title") }} />
			<StopFacts stop={stop} />
			{trouble && !stop.mayLift && <p role="alert">{translateIssue(t, trouble.issue)}</p>}
			{stop.mayLift && (
				<>
					<h2>{t("lift.title")}</h2>
					<AskOnce
						trouble={trouble && translateIssue(t, trouble.issue)}
						lines={[...said, t("lift.what"), t("lift.above")]}
						version={1}
						submit={t("lift.submit")}
						keep={{ to: path("stops"), label: t("lift.keep") }}
					/>
				</>
			)}
		</div>
	);
}
