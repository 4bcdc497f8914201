import { useT } from "#app/lib/page-context.ts";
import type { ListedRoute } from "#app/modules/routing/list-routes.server.ts";
import { useRouteNames } from "./route-names.ts";
import { StepList } from "./step-list.tsx";

/** A route as it stands: whom it serves, and by whom. */
export function RouteFacts({ route }: { route: Pick<ListedRoute, "branch" | "country" | "kind" | "steps"> }) {
	const t = useT("routing");
	const names = useRouteNames();
	return (
		<dl className="facts">
			<dt>{t("account")}</dt>
			<dd>
				<bdi>{names.branch(route.branch)}</bdi>
			</dd>
			<dt>{t("country")}</dt>
			<dd>{names.country(route.country)}</dd>
			<dt>{t("content")}</dt>
			<dd>{names.kind(route.kind)}</dd>
			<dt>{t("providers")}</dt>
			<dd>
				<StepList steps={route.steps} />
			</dd>
		</dl>
	);
}
