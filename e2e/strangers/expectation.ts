import { FIRST_PAGE } from "#app/modules/access/cabinet.ts";
import type { Right } from "#app/modules/access/rights.ts";
import type { Declared, PickId } from "./declared.ts";
import { isGranted, type Persona } from "./personas.ts";
import { REACH, type Thing, type ThingKind } from "./things.ts";

export type Deed = "read" | "change";

/** Whether the thing is within the persona's reach, for looking at it or for changing it. */
export function isReached(persona: Persona, thing: Thing, deed: Deed): boolean {
	const { account } = persona;
	if (!account) return false;
	const reach = REACH[thing.kind][deed];
	const isInScope = persona.branches.some((branch) => thing.account.path.startsWith(branch));
	if (reach === "scope") return isInScope;
	if (reach === "below") return isInScope && thing.account !== account;
	if (reach === "parent") return isInScope && thing.account.under === account.word;
	if (reach === "team") return thing.account === account;
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
		if (isFirst) return new RegExp(`^to /${account.kind}/`);
		// Whoever goes in and out of cabinets is told that this is another one's page.
		return persona.inside ? /^409$/ : /^403$/;
	}
	if (persona.inside === "to look" && (deed === "change" || declared.isOwnersOnly)) return /^403$/;
	if (persona.mustSetUpSecondFactor && !persona.inside && !declared.isSetUp)
		return new RegExp(`^to /${cabinet}/settings/second-factor`);
	if (persona.inside && (declared.isPersonal === "all" || (deed === "change" && declared.isPersonal))) return /^403$/;
	if (declared.isOwnersOnly && persona.isEmployee) return /^403$/;
	if (deed === "read" && declared.isDownload) return /^to \/(client|dealer|admin)\//;
	if (rightsFor(declared, deed).some((right) => !isGranted(persona, right))) return /^403$/;
	const isOwn = declared.isOwn === "all" || (deed === "change" && declared.isOwn);
	return isOwn && !persona.branches.includes(account.path) ? /^40[34]$/ : undefined;
}

/** What the declaration asks for, all of it. */
export function rightsFor(declared: Declared, deed: Deed): readonly Right[] {
	return [(deed === "change" ? declared.changeRight : undefined) ?? declared.right ?? []].flat();
}

/** Kinds of things that the declaration's address or form names. */
export function namedKinds(declared: Declared): { byAddress: ThingKind[]; byForm: ThingKind[] } {
	return {
		byAddress: Object.values(declared.params),
		byForm: pickedBy(declared.form),
	};
}

/** Kinds of the things that an address or a form is made with. */
export function pickedBy(make: ((pick: PickId) => unknown) | undefined): ThingKind[] {
	const kinds: ThingKind[] = [];
	make?.((kind) => {
		kinds.push(kind);
		return "";
	});
	return kinds;
}

/** Whether the persona is stopped before anybody asks what the page is about. */
export function isShutOut({ account }: Persona, { cabinets: [cabinet] }: Declared): boolean {
	return cabinet !== undefined && cabinet !== account?.kind;
}
