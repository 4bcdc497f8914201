import { RIGHTS, type Right } from "#app/modules/access/rights.ts";

export const VERBS = ["create", "read", "update", "delete"] as const;
export const MODULES = ["campaigns", "stops", "accounts", "employees", "prices", "audit", "providers"] as const;
/** Rights that are no module's: what is seen of people's numbers and of money, and who moves it. */
export const SIGHTS = ["numbers.read", "money.read", "money.create"] as const satisfies readonly Right[];

/** The right of a module's verb; undefined where there is none. */
export function rightOf(module: (typeof MODULES)[number], verb: (typeof VERBS)[number]): Right | undefined {
	return RIGHTS.find((right) => right === `${module}.${verb}`);
}
