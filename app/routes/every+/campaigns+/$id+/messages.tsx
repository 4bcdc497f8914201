import type { LoaderFunctionArgs } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { SecondMessage } from "#app/components/campaign/second-message.tsx";
import { StateFilter } from "#app/components/campaign/state-filter.tsx";
import { DataTable } from "#app/components/data-table.tsx";
import { MessageDot } from "#app/components/evidence/message-dot.tsx";
import { SHOWN_STATES } from "#app/components/evidence/message-tones.ts";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { Pager } from "#app/components/pager.tsx";
import { Time } from "#app/components/time.tsx";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { getCampaign } from "#app/modules/campaigns/campaign.queries.server.ts";
import { orNotFound } from "#app/modules/campaigns/campaign-trouble.ts";
import { getFallback } from "#app/modules/fallback/get-fallback.server.ts";
import { listMessages } from "#app/modules/messages/list-messages.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("campaigns:messages.title") };

export function loader({ request, params }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	const query = new URL(request.url).searchParams;
	const [state, second] = ["state", "second"].map((name) => SHOWN_STATES.find((one) => one === query.get(name)));
	const after = Number(query.get("after")) || undefined;
	return orNotFound(() =>
		readBooks((tx) => {
			const campaign = getCampaign(tx, actor, Number(params.id));
			const { id, name, channel } = campaign;
			return {
				...{ id, name, channel },
				filter: { state: state ?? null, second: second ?? null },
				isFirst: after === undefined,
				secondChannel: getFallback(tx, campaign)?.channel ?? null,
				...listMessages(tx, actor, campaign, { state, second, after }),
			};
		}),
	);
}

export default function Messages() {
	const t = useT("campaigns");
	const tc = useT("causes");
	const path = useCabinetPath();
	const { id, name, channel, filter, isFirst, messages, nextAfter, secondChannel } = useLoaderData<typeof loader>();
	return (
		<div className="stack">
			<PageHeader title={t("messages.title")} back={{ to: path(`campaigns/${id}`), label: name }} />
			<StateFilter name="state" filter={filter} channel={secondChannel && channel} />
			{secondChannel && <StateFilter name="second" filter={filter} channel={secondChannel} />}
			{messages.length > 0 ? (
				<DataTable
					caption={t("messages.caption")}
					rows={messages}
					rowKey={(row) => row.id}
					columns={[
						{
							key: "to",
							header: t("messages.to"),
							isMain: true,
							cell: (row) => (
								<Link discover="none" to={path(`campaigns/${id}/messages/${row.id}`)}>
									<bdi dir="ltr">{row.recipient}</bdi>
								</Link>
							),
						},
						{ key: "state", header: t("messages.state"), cell: (row) => <MessageDot state={row.state} /> },
						{ key: "why", header: t("messages.why"), cell: (row) => row.cause && tc(`${row.cause}.what`) },
						{
							key: "at",
							header: t("messages.at"),
							cell: (row) => row.atUtc && <Time atUtc={row.atUtc} style="dateTimeSeconds" />,
						},
						...(secondChannel === null
							? []
							: [
									{
										key: "second",
										header: t(`channel.${secondChannel}`),
										cell: (row: (typeof messages)[number]) => <SecondMessage campaignId={id} row={row} />,
									},
								]),
					]}
				/>
			) : (
				<p>{nextAfter === null ? t("messages.none") : t("messages.none_so_far")}</p>
			)}
			<Pager isFirst={isFirst} after={nextAfter} />
		</div>
	);
}
