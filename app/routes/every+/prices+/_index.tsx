import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { DataTable } from "#app/components/data-table.tsx";
import { OwnFees } from "#app/components/fees/own-fees.tsx";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { useLineNames } from "#app/components/pricing/line-names.ts";
import { Price } from "#app/components/pricing/price.tsx";
import { PriceTabs } from "#app/components/pricing/price-tabs.tsx";
import { TermsNote } from "#app/components/pricing/terms-note.tsx";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { getOwnPrices } from "#app/modules/pricing/get-own-prices.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("prices:title") };

export function loader({ request }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	return readBooks((tx) => getOwnPrices(tx, actor));
}

export default function OwnPrices() {
	const t = useT("prices");
	const { channels, fees, currency } = useLoaderData<typeof loader>();
	const isRoot = channels.every(({ lines }) => lines === null);
	return (
		<div className="stack">
			<PageHeader title={t("title")} note={t(isRoot ? "own.root" : "own.note")} />
			<PriceTabs now="own" />
			{channels.map((one) => (
				<Channel key={one.channel} {...one} currency={currency} />
			))}
			{fees.length > 0 && <OwnFees fees={fees} currency={currency} />}
		</div>
	);
}

type Shown = ReturnType<typeof useLoaderData<typeof loader>>["channels"][number];

function Channel({ channel, terms, lines, currency }: Shown & { currency: string }) {
	const t = useT("prices");
	const names = useLineNames();
	return (
		<section className="stack">
			<h2>{names.channel(channel)}</h2>
			{lines?.length === 0 && <p className="soft">{t("own.none")}</p>}
			{lines && lines.length > 0 && (
				<DataTable
					caption={names.channel(channel)}
					rows={lines}
					rowKey={(row) => `${row.country}/${row.kind}`}
					columns={[
						{ key: "country", header: t("country"), isMain: true, cell: (row) => names.country(row.country) },
						{ key: "kind", header: t("content"), cell: (row) => names.kind(row.kind) },
						{
							key: "price",
							header: t("price"),
							isNumber: true,
							cell: (row) => <Price micros={row.unitMicros} currency={currency} />,
						},
					]}
				/>
			)}
			<TermsNote terms={terms} isSms={channel === "sms"} />
		</section>
	);
}
