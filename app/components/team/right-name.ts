import { useT } from "#app/lib/page-context.ts";
import type { Right } from "#app/modules/access/rights.ts";
import { SIGHTS } from "./right-rows.ts";

/** A right in words: "Campaigns: create". */
export function useRightName(): (right: Right) => string {
	const t = useT("team");
	return (right) => {
		const sight = SIGHTS.find((one) => one === right);
		if (sight) return t(`sight.${sight}`);
		const [module, verb] = right.split(".");
		return `${t(`module.${module}`)}: ${t(`verb.${verb}`)}`;
	};
}
