import type { LoaderFunctionArgs } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { EmptyState } from "#app/components/empty-state.tsx";
import { Num, Share } from "#app/components/num.tsx";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { AlarmList } from "#app/components/provider/alarm-list.tsx";
import { CauseTable, CountryTable, Span, TimeTable } from "#app/components/provider/figures-tables.tsx";
import { ProviderTabs } from "#app/components/provider/provider-tabs.tsx";
import { formatMoment } from "#app/lib/format.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { listAlarms } from "#app/modules/alarms/list-alarms.server.ts";
import { getFiguresPage, readPeriod } from "#app/modules/figures/get-figures-page.server.ts";
import { providerTrouble } from "#app/modules/providers/provider-trouble.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("figures:title") };

export async function loader({ request, params }: LoaderFunctionArgs) {
	const actor = requireActor(request, "admin");
	const id = Number(params.providerId);
	try {
		const figures = await getFiguresPage(actor, id, readPeriod(new URL(request.url).searchParams));
		return { ...figures, alarms: readBooks((tx) => listAlarms(tx, actor, id)) };
	} catch (error) {
		providerTrouble(error);
		throw error;
	}
}

export default function ProviderFigures() {
	const t = useT("figures");
	const { locale, timeZone } = usePage();
	const page = useLoaderData<typeof loader>();
	const { provider, total, period } = page;
	const asOf = page.countedAtUtc && t("as_of", { at: formatMoment(locale, timeZone, page.countedAtUtc) });
	return (
		<div className="stack">
			<PageHeader
				title={t("title")}
				back={{ to: `/admin/providers/${provider.id}`, label: provider.name }}
				note={asOf || t("not_yet")}
			/>
			<ProviderTabs id={provider.id} now="figures" />
			<AlarmList alarms={page.alarms} />
			<nav className="filters" aria-label={t("period.label")}>
				{(["day", "week", "month"] as const).map((one) => (
					<Link
						key={one}
						discover="none"
						to={one === "day" ? "?" : `?period=${one}`}
						aria-current={one === period ? "page" : undefined}
					>
						{t(`period.${one}`)}
					</Link>
				))}
			</nav>
			{total.tried === 0 ? (
				<EmptyState title={t("empty")}>{t("empty_text")}</EmptyState>
			) : (
				<>
					<dl className="facts">
						<dt>{t("channel_share")}</dt>
						<dd>
							<Share part={total.taken} of={Math.max(page.channelTaken, total.taken)} />
						</dd>
						<dt>{t("tried")}</dt>
						<dd>
							<Num value={total.tried} />
						</dd>
						<dt>{t("delivered")}</dt>
						<dd>
							<Share part={total.delivered} of={total.taken} />
						</dd>
						<dt>{t("median")}</dt>
						<dd>
							<Span ms={total.medianMs} />
						</dd>
					</dl>
					{page.causes.length > 0 && <CauseTable causes={page.causes} tried={total.tried} />}
					<CountryTable countries={page.countries} />
					<TimeTable times={page.times} period={period} />
				</>
			)}
		</div>
	);
}
