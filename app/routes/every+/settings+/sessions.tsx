import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { SubmitButton } from "#app/components/button.tsx";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { DataTable } from "#app/components/data-table.tsx";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { PostForm } from "#app/components/post-form.tsx";
import { BrowserWords } from "#app/components/settings/browser-words.tsx";
import { StatusDot } from "#app/components/status-dot.tsx";
import { Time } from "#app/components/time.tsx";
import { cookieFor } from "#app/lib/cookies.ts";
import { useT } from "#app/lib/page-context.ts";
import { endOwnSessions } from "#app/modules/access/end-own-sessions.server.ts";
import { requireSignedIn } from "#app/modules/access/require-actor.server.ts";
import { listOwnSessions } from "#app/modules/access/session.queries.server.ts";
import { SESSION_COOKIE } from "#app/modules/access/session-token.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("settings:sessions.title") };

export function loader({ request }: LoaderFunctionArgs) {
	const signedIn = requireSignedIn(request);
	return { sessions: readBooks((tx) => listOwnSessions(tx, signedIn)) };
}

export async function action({ request }: ActionFunctionArgs) {
	const signedIn = requireSignedIn(request);
	const form = await request.formData();
	const deed = form.get("deed");
	const which = deed === "others" || deed === "all" ? deed : { only: String(form.get("session") ?? "") };
	const isOver = await endOwnSessions(signedIn, which);
	if (!isOver) return redirect(`/${signedIn.actor.account.kind}/settings/sessions`);
	const headers = { "Set-Cookie": cookieFor(request, SESSION_COOKIE, "", 0), "Clear-Site-Data": '"cache"' };
	return redirect("/sign-in?signed-out", { headers });
}

export default function Sessions() {
	const t = useT("settings");
	const path = useCabinetPath();
	const { sessions } = useLoaderData<typeof loader>();
	return (
		<div className="stack">
			<PageHeader
				title={t("sessions.title")}
				back={{ to: path("settings"), label: t("title") }}
				note={t("sessions.note")}
			/>
			<DataTable
				caption={t("sessions.title")}
				rows={sessions}
				rowKey={(row) => row.id}
				columns={[
					{ key: "browser", header: t("sessions.browser"), isMain: true, cell: (row) => <BrowserWords {...row} /> },
					{ key: "address", header: t("sessions.address"), cell: (row) => <bdi>{row.address}</bdi> },
					{ key: "since", header: t("sessions.since"), cell: (row) => <Time atUtc={row.signedInAtUtc} /> },
					{
						key: "seen",
						header: t("sessions.seen"),
						cell: (row) =>
							row.isThis ? <StatusDot tone="good">{t("sessions.this")}</StatusDot> : <Time atUtc={row.seenAtUtc} />,
					},
					{ key: "end", header: t("sessions.end_column"), cell: (row) => <EndSession session={row} /> },
				]}
			/>
			<PostForm className="row">
				{sessions.length > 1 && (
					<SubmitButton name="deed" value="others">
						{t("sessions.end_others")}
					</SubmitButton>
				)}
				<SubmitButton name="deed" value="all" weight="danger">
					{t("sessions.end_all")}
				</SubmitButton>
			</PostForm>
		</div>
	);
}

function EndSession({ session }: { session: { id: string; isThis: boolean } }) {
	const t = useT("settings");
	return (
		<PostForm>
			<input type="hidden" name="session" value={session.id} />
			<SubmitButton weight="quiet">{session.isThis ? t("sessions.end_this") : t("sessions.end")}</SubmitButton>
		</PostForm>
	);
}
