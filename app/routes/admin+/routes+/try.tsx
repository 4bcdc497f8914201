import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { DryRunForm } from "#app/components/routing/dry-run-form.tsx";
import { DryRunResult } from "#app/components/routing/dry-run-result.tsx";
import { RoutingTabs } from "#app/components/routing/routing-tabs.tsx";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { getDryRunPage } from "#app/modules/routing/get-dry-run-page.server.ts";

export const handle: PageHandle = { title: (t) => t("routing:try.title") };

export async function loader({ request }: LoaderFunctionArgs) {
	const actor = requireActor(request, "admin");
	return getDryRunPage(actor, new URL(request.url).searchParams);
}

export default function TryRoute() {
	const t = useT("routing");
	const page = useLoaderData<typeof loader>();
	return (
		<div className="stack">
			<PageHeader title={t("try.title")} back={{ to: "/admin/routes", label: t("title") }} note={t("try.note")} />
			<RoutingTabs now="try" />
			<DryRunForm page={page} />
			{page.result && <DryRunResult result={page.result} />}
		</div>
	);
}
