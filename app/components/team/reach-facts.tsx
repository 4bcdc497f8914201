import { useT } from "#app/lib/page-context.ts";
import type { ReachShown } from "#app/modules/team/reach-shown.server.ts";
import { useCabinetPath } from "../cabinet-path.ts";
import { useRights } from "../frame/root-data.ts";
import { NameLink } from "../name-link.tsx";

/** With which accounts a role works. */
export function ReachFacts({ shown }: { shown: ReachShown }) {
	const t = useT("team");
	const path = useCabinetPath();
	const may = useRights();
	if (shown.only === null) return <p>{t("reach.all")}</p>;
	return (
		<>
			<p>{t("reach.only")}:</p>
			<ul className="bullets">
				{shown.only.map(({ id, name }) => (
					<li key={id}>
						{may("accounts.read") ? <NameLink to={path(`accounts/${id}`)}>{name}</NameLink> : <bdi>{name}</bdi>}
					</li>
				))}
				{shown.others > 0 && <li className="soft">{t("reach.others", { count: shown.others })}</li>}
			</ul>
		</>
	);
}
