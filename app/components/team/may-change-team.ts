import type { Right } from "#app/modules/access/rights.ts";
import { useRights, useRoot } from "../frame/root-data.ts";

/** Whether the pages of the team may offer a change: nobody who has entered the cabinet from outside makes one. */
export function useMayChangeTeam(): (right: Right) => boolean {
	const may = useRights();
	const isAtHome = useRoot()?.viewer?.inside === null;
	return (right) => isAtHome && may(right);
}
