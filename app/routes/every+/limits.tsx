import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { useRights, useRoot } from "#app/components/frame/root-data.ts";
import { OwnLimitsForm } from "#app/components/limits/own-limits-form.tsx";
import { StandingFacts } from "#app/components/limits/standing-facts.tsx";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { getOwnLimits } from "#app/modules/limits/get-limits-page.server.ts";
import { saveOwnLimits } from "#app/modules/limits/save-limits.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("bounds:title") };

export function loader({ request }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	return readBooks((tx) => getOwnLimits(tx, actor));
}

export async function action({ request }: ActionFunctionArgs) {
	const actor = requireActor(request);
	const failed = await saveOwnLimits(actor, await request.formData());
	if (failed) return data(failed, { status: failed.status });
	return redirect(`/${actor.account.kind}/limits`);
}

export default function OwnLimits() {
	const t = useT("bounds");
	const page = useLoaderData<typeof loader>();
	const lastResult = useActionData<typeof action>()?.lastResult;
	return (
		<div className="stack">
			<PageHeader title={t("title")} note={t("note")} />
			<MoreLinks />
			<StandingFacts standing={page.standing} />
			{page.standing.isNew && page.standing.allowed !== null && <p className="soft">{t("is_new")}</p>}
			{page.mayChange && <OwnLimitsForm page={page} lastResult={lastResult} />}
		</div>
	);
}

function MoreLinks() {
	const t = useT("bounds");
	const may = useRights();
	const path = useCabinetPath();
	const kind = useRoot()?.viewer?.kind;
	if (kind === "client" || !may("accounts.read")) return null;
	return (
		<nav className="filters" aria-label={t("title")}>
			<Link discover="none" to={path("waits")}>
				{t("waits.title")}
			</Link>
			{kind === "admin" && may("accounts.update") && (
				<Link discover="none" to={path("brake")}>
					{t("brake.title")}
				</Link>
			)}
		</nav>
	);
}
