import { FIRST_PAGE } from "#app/modules/access/cabinet.ts";
import type { Declared } from "./declared.ts";
import { isGranted, type Persona } from "./personas.ts";
import { REACH, type Thing, type ThingKind } from "./things.ts";

export type Deed = "read" | "change";

/** Whether the thing is within the persona's reach, for looking at it or for changing it. */
export function isReached(persona: Persona, thing: Thing, deed: Deed): boolean {
	const { account } = persona;
	if (!account) return false;
	const reach = REACH[thing.kind][deed];
	if (reach === "scope") return persona.branches.some((branch) => thing.account.path.startsWith(branch));
	if (reach === "account") return thing.account === account && persona.branches.includes(account.path);
	return thing.account.ownerId === persona.userId;
}

/**
 * How the guard must answer, from the outside in: who is not signed in, who works in another cabinet, who only looks, who has to
 * set up a second factor first, who lacks the right. Undefined: it lets the persona through to the thing.
 */
export function refusal(persona: Persona, declared: Declared, deed: Deed, path: string): RegExp | undefined {
	const { account } = persona;
	const [cabinet] = declared.cabinets;
	if (!cabinet) return undefined;
	if (!account) return /^to \/sign-in(\?|$)/;
	if (cabinet !== account.kind) {
		const isFirst = deed === "read" && (path === `/${cabinet}` || path === FIRST_PAGE[cabinet]);
		return isFirst ? new RegExp(`^to /${account.kind}/`) : /^403$/;
	}
	if (deed === "change" && persona.inside === "to look") return /^403$/;
	if (persona.mustSetUpSecondFactor && !persona.inside && !declared.isSetUp)
		return new RegExp(`^to /${cabinet}/settings/second-factor`);
	if (persona.inside && (declared.isPersonal === "all" || (deed === "change" && declared.isPersonal))) return /^403$/;
	const right = (deed === "change" ? declared.changeRight : undefined) ?? declared.right;
	return right && !isGranted(persona, right) ? /^403$/ : undefined;
}

/** Kinds of things that the declaration's address or form names. */
export function namedKinds(declared: Declared): { byAddress: ThingKind[]; byQuery: ThingKind[]; byForm: ThingKind[] } {
	const byQuery: ThingKind[] = [];
	const byForm: ThingKind[] = [];
	declared.query?.((kind) => (byQuery.push(kind), ""));
	declared.form?.((kind) => (byForm.push(kind), ""));
	return { byAddress: Object.values(declared.params), byQuery, byForm };
}
