import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Alert } from "#app/components/alert.tsx";
import { EmptyState } from "#app/components/empty-state.tsx";
import { DifferencesTable, RunsTable } from "#app/components/evidence/recount-tables.tsx";
import { LedgerProofs } from "#app/components/money/ledger-proofs.tsx";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { Pager } from "#app/components/pager.tsx";
import { readAfter } from "#app/lib/page-by-key.ts";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { listRecounts } from "#app/modules/evidence/list-recounts.server.ts";
import { listProofs } from "#app/modules/proof/list-proofs.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("recounts:title") };

export function loader({ request }: LoaderFunctionArgs) {
	const actor = requireActor(request, "admin");
	const runId = Number(new URL(request.url).searchParams.get("run")) || undefined;
	const after = readAfter(request.url);
	return readBooks((tx) => ({
		isFirst: after === undefined,
		...listRecounts(tx, actor, runId, after),
		proofs: listProofs(tx, actor),
	}));
}

export default function Recounts() {
	const t = useT("recounts");
	const { runs, run, differences, nextAfter, isFirst, proofs } = useLoaderData<typeof loader>();
	return (
		<div className="stack">
			<PageHeader title={t("title")} note={t("note")} back={{ to: "/admin/inbox", label: t("inbox:title") }} />
			{run === null ? (
				<EmptyState title={t("none")}>{t("none_text")}</EmptyState>
			) : (
				<>
					{run.differences > 0 && (
						<Alert tone="bad" title={t("wrong")}>
							{t("wrong_text")}
						</Alert>
					)}
					{run.differences === 0 && run.finishedAtUtc !== null && <Alert tone="good">{t("right")}</Alert>}
					{differences.length > 0 && <DifferencesTable differences={differences} />}
					<Pager isFirst={isFirst} after={nextAfter} />
					<RunsTable runs={runs} />
				</>
			)}
			{proofs && <LedgerProofs proofs={proofs} />}
		</div>
	);
}
