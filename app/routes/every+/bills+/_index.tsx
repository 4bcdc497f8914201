import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BillList } from "#app/components/bills/bill-list.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { readAfter } from "#app/lib/page-by-key.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { listBills } from "#app/modules/bills/list-bills.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("bills:title") };

export function loader({ request }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	const after = readAfter(request.url);
	const of = new URL(request.url).searchParams.get("of");
	return { page: readBooks((tx) => listBills(tx, actor, of, after)), isFirst: after === undefined };
}

export default function Bills() {
	return <BillList {...useLoaderData<typeof loader>()} />;
}
