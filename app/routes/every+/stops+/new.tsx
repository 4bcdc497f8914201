import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { RejectsTable } from "#app/components/campaign/audience-counts.tsx";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { NewStopsForm } from "#app/components/stops/new-stops-form.tsx";
import { SavedNote } from "#app/components/stops/saved-note.tsx";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { newStopsFrame } from "#app/modules/stops/new-stops-frame.server.ts";
import { saveStops } from "#app/modules/stops/save-stops.server.ts";
import { writeSaved } from "#app/modules/stops/saved-address.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("stops:new.title") };

export function loader({ request }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	return readBooks((tx) => newStopsFrame(tx, actor));
}

export async function action({ request }: ActionFunctionArgs) {
	const actor = requireActor(request);
	const saved = await saveStops(actor, await request.formData());
	if ("lastResult" in saved) return data(saved, { status: 422 });
	return redirect(`/${actor.account.kind}/stops${writeSaved(saved)}`);
}

export default function NewStops() {
	const t = useT("stops");
	const path = useCabinetPath();
	const { senders } = useLoaderData<typeof loader>();
	const failed = useActionData<typeof action>();
	return (
		<div className="stack">
			<PageHeader title={t("new.title")} back={{ to: path("stops"), label: t("title") }} />
			{failed?.saved && failed.saved.added + failed.saved.known > 0 && <SavedNote saved={failed.saved} />}
			<NewStopsForm senders={senders} lastResult={failed?.lastResult} />
			<RejectsTable rejects={failed?.bad ?? []} isFirst after={null} />
		</div>
	);
}
