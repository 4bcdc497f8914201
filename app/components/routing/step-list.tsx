import { useT } from "#app/lib/page-context.ts";
import type { ListedStep } from "#app/modules/routing/list-routes.server.ts";

/** "1. Alpha 70 % · Beta 30 %": the providers of a route by tier; those that are off are said to be. */
export function StepList({ steps }: { steps: ListedStep[] }) {
	const t = useT("routing");
	const tp = useT("providers");
	const tiers = [...new Set(steps.map(({ tier }) => tier))];
	if (steps.length === 0) return <>{t("nobody")}</>;
	return (
		<>
			{tiers.map((tier, i) => {
				const ofTier = steps.filter((step) => step.tier === tier);
				return (
					<div key={tier}>
						{i + 1}.{" "}
						{ofTier.map((step, j) => (
							<span key={step.providerId}>
								{j > 0 && " · "}
								<bdi>{step.name}</bdi>
								{ofTier.length > 1 && ` × ${step.weight}`}
								{step.state !== "active" && <span className="soft"> ({tp(`state.${step.state}`)})</span>}
							</span>
						))}
					</div>
				);
			})}
		</>
	);
}
