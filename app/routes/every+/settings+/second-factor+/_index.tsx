import type { LoaderFunctionArgs } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { Alert } from "#app/components/alert.tsx";
import { LinkButton } from "#app/components/button.tsx";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { StatusDot } from "#app/components/status-dot.tsx";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { getSecondFactor } from "#app/modules/second-factor/get-second-factor.server.ts";

/** Fewer than this, and the page says that it is time for new ones. */
const FEW_CODES = 3;

export const handle: PageHandle = { title: (t) => t("factor:title") };

export function loader({ request }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	return { ...getSecondFactor(actor), mayDemand: actor.role === "owner" };
}

export default function SecondFactor() {
	const t = useT("factor");
	const path = useCabinetPath();
	const { isOn, codesLeft, isDemanded, mayDemand } = useLoaderData<typeof loader>();
	const at = (page: string) => path(`settings/second-factor/${page}`);
	const state = isOn ? <StatusDot tone="good">{t("on")}</StatusDot> : <StatusDot tone="idle">{t("off")}</StatusDot>;
	return (
		<div className="stack">
			<PageHeader title={t("title")} back={{ to: path("settings"), label: t("common:menu.settings") }} note={state} />
			{isDemanded && !isOn && (
				<Alert tone="warn" title={t("must.title")}>
					{t("must.text")}
				</Alert>
			)}
			{isOn && codesLeft < FEW_CODES && <Alert tone="warn">{t("codes.left", { count: codesLeft })}</Alert>}
			<p>{t("about")}</p>
			{isOn ? (
				<>
					{codesLeft >= FEW_CODES && <p>{t("codes.left", { count: codesLeft })}</p>}
					<div className="row">
						<LinkButton to={at("codes")}>{t("codes.renew")}</LinkButton>
						<LinkButton to={at("set-up")} weight="quiet">
							{t("set_up.other")}
						</LinkButton>
						{!isDemanded && (
							<LinkButton to={at("off")} weight="quiet">
								{t("switch_off.title")}
							</LinkButton>
						)}
					</div>
					{isDemanded && <p className="soft">{t("error.demanded")}</p>}
				</>
			) : (
				<div className="row">
					<LinkButton to={at("set-up")}>{t("set_up.title")}</LinkButton>
				</div>
			)}
			{mayDemand && (isOn || !isDemanded) && (
				<p>
					<Link discover="none" to={at("demand")}>
						{t("demand.own_link")}
					</Link>
				</p>
			)}
		</div>
	);
}
