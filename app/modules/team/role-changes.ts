import { RIGHTS, type Right } from "#app/modules/access/rights.ts";
import type { RoleValues } from "./get-role-page.server.ts";

/** One thing that another has saved and this form does not say. */
export type RoleChange =
	| { what: "name"; now: string }
	| { what: "has" | "has_not"; right: Right }
	| { what: "all" }
	| { what: "only"; now: string };

/**
 * In what a role as it is now differs from a form that was filled in before.
 *
 * @param offered the rights that the form had boxes for.
 */
export function roleChanges(now: RoleValues, typed: RoleValues, offered: readonly Right[]): RoleChange[] {
	const changes: RoleChange[] = [];
	if (now.name !== typed.name.trim()) changes.push({ what: "name", now: now.name });
	for (const right of RIGHTS.filter((one) => offered.includes(one))) {
		const [isNow, isTyped] = [now.rights.includes(right), typed.rights.includes(right)];
		if (isNow !== isTyped) changes.push({ what: isNow ? "has" : "has_not", right });
	}
	if (now.reach === "all" && typed.reach === "only") changes.push({ what: "all" });
	if (now.reach === "only" && (typed.reach !== "only" || listOf(now.only) !== listOf(typed.only)))
		changes.push({ what: "only", now: listOf(now.only) });
	return changes;
}

function listOf(text: string): string {
	return text
		.split(/[\s,;،؛]+/)
		.filter(Boolean)
		.join(", ");
}
