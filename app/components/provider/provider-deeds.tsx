import type { ProbeAnswer } from "#app/channels/channel.ts";
import { useT } from "#app/lib/page-context.ts";
import type { ProviderRow } from "#app/modules/providers/provider.queries.server.ts";
import type { FailedState } from "#app/modules/providers/save-provider-state.server.ts";
import { Alert } from "../alert.tsx";
import { SubmitButton } from "../button.tsx";
import { PostForm } from "../post-form.tsx";
import { Losses } from "../pricing/losses.tsx";
import { StatusDot, type Tone } from "../status-dot.tsx";

export const PROVIDER_TONES: Record<ProviderRow["state"], Tone> = {
	active: "good",
	draining: "warn",
	disabled: "idle",
};

/** How it stands, where it reports to, and what it said when it was tried. */
export function ProviderState({
	provider,
	probe,
}: {
	provider: { state: ProviderRow["state"]; callbackUrl: string };
	probe: ProbeAnswer | Record<string, string[]> | undefined;
}) {
	const t = useT("providers");
	return (
		<>
			{probe && "type" in probe && <Probed probe={probe as ProbeAnswer} />}
			<dl className="facts">
				<dt>{t("state.title")}</dt>
				<dd>
					<StatusDot tone={PROVIDER_TONES[provider.state]}>{t(`state.${provider.state}`)}</StatusDot>
				</dd>
				<dt>{t("callback")}</dt>
				<dd>
					<code>{provider.callbackUrl}</code>
				</dd>
			</dl>
		</>
	);
}

function Probed({ probe }: { probe: ProbeAnswer }) {
	const t = useT("providers");
	const tc = useT("causes");
	if (probe.type !== "well")
		return (
			<Alert tone="bad" title={t(`probe.${probe.type}`)}>
				{tc(`${probe.cause}.what`)}
			</Alert>
		);
	const { balance } = probe;
	return (
		<Alert tone="good" title={t("probe.well")}>
			{balance && t("probe.balance", { amount: `${balance.amount} ${balance.currency ?? ""}`.trim() })}
		</Alert>
	);
}

/** What can be done to it now. `losses`: who would lose if it were switched on. */
export function ProviderDeeds(props: { state: ProviderRow["state"]; losses?: FailedState["losses"] }) {
	const t = useT("providers");
	const { state, losses } = props;
	const deeds = { active: ["draining", "disabled"], draining: ["active", "disabled"], disabled: ["active"] } as const;
	return (
		<PostForm className="stack">
			{losses && <Losses losses={losses} currency={losses.currency} meant={t("losses_meant")} />}
			<div className="row">
				<SubmitButton name="intent" value="try" weight="quiet">
					{t("deed.try")}
				</SubmitButton>
				{deeds[state].map((to) => (
					<SubmitButton key={to} name="intent" value={to} weight="quiet">
						{t(`deed.${to}`)}
					</SubmitButton>
				))}
			</div>
		</PostForm>
	);
}
