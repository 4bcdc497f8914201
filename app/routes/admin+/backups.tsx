import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { BackupStateView } from "#app/components/backups/backup-state.tsx";
import { HeldCopy } from "#app/components/backups/held-copy.tsx";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { getBackupsPage } from "#app/modules/backup/get-backups-page.server.ts";
import { submitRelease } from "#app/modules/backup/submit-release.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("backups:title") };

export function loader({ request }: LoaderFunctionArgs) {
	const actor = requireActor(request, "admin");
	return readBooks((tx) => getBackupsPage(tx, actor));
}

export async function action({ request }: ActionFunctionArgs) {
	const actor = requireActor(request, "admin");
	const failed = await submitRelease(actor, await request.formData());
	if (failed) return data(failed, { status: failed.status });
	return redirect("/admin/backups");
}

export default function Backups() {
	const t = useT("backups");
	const { hold, underWay, ...state } = useLoaderData<typeof loader>();
	const failed = useActionData<typeof action>();
	return (
		<div className="stack">
			<PageHeader title={t("title")} note={t("note")} back={{ to: "/admin/inbox", label: t("inbox:title") }} />
			{hold && underWay && <HeldCopy hold={hold} underWay={underWay} lastResult={failed?.lastResult} />}
			<BackupStateView state={state} />
		</div>
	);
}
