import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import type { PageHandle } from "#app/components/page-title.ts";
import { TotalsPage } from "#app/components/totals/totals-page.tsx";
import { readAfter } from "#app/lib/page-by-key.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { getTotals } from "#app/modules/totals/get-totals.server.ts";
import { readTotalsQuery } from "#app/modules/totals/totals-query.ts";

export const handle: PageHandle<{ totals: { isClient: boolean } }> = {
	title: (t, { totals }) => t(totals.isClient ? "totals:title_client" : "totals:title"),
};

export async function loader({ request }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	const after = readAfter(request.url);
	const { presets, ...ask } = readTotalsQuery(request.url);
	return { totals: await getTotals(actor, { ...ask, after }), presets, isFirst: after === undefined };
}

export default function TotalsOfPeriod() {
	return <TotalsPage {...useLoaderData<typeof loader>()} />;
}
