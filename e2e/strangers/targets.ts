import type { BuiltRoute } from "../harness/built-routes.ts";
import type { Declared, PickId } from "./declared.ts";
import { type Deed, isReached } from "./expectation.ts";
import type { Persona } from "./personas.ts";
import type { ThingKind } from "./things.ts";
import type { World } from "./world.ts";

/** Things that one address or form names together. */
export interface Target {
	pick: PickId;
	ids: string[];
}

interface Asked {
	world: World;
	persona: Persona;
}

/** No thing has the id; it is as long as those that exist. */
const NO_ID = "4999999";
export const MISSING: Target = { pick: () => NO_ID, ids: [NO_ID] };
/** Whose things are asked for where they are out of reach. */
const OWNERS = ["victimov", "dealerby", "farewell", "upperton"];

/** Other people's. `isVisible`: it may be looked at, and not changed. */
export function foreignTargets(
	{ world, persona }: Asked,
	kinds: ThingKind[],
	deed: Deed,
): (Target & { isVisible: boolean })[] {
	if (kinds.length === 0) return [];
	// That one's own account exists is no secret.
	const own = [persona.account?.word, persona.home?.word];
	return OWNERS.filter((word) => !own.includes(word)).flatMap((word) => {
		const of = (kind: ThingKind) => world.things.find((thing) => thing.kind === kind && thing.account.word === word)!;
		const things = kinds.map(of);
		if (things.every((thing) => isReached(persona, thing, deed))) return [];
		const isVisible = things.every((thing) => isReached(persona, thing, "read"));
		return [{ pick: (kind: ThingKind) => of(kind).id, ids: things.map(({ id }) => id), isVisible }];
	});
}

/** Things within reach, the persona's own first: the route must open, or the test would look at nothing. */
export function ownTargets({ world, persona }: Asked, kinds: ThingKind[], deed: Deed = "read"): Target[] {
	const isReachedIn = (account: unknown) =>
		world.things
			.filter((thing) => thing.account === account && kinds.includes(thing.kind))
			.every((thing) => isReached(persona, thing, deed));
	const account = Object.values(world.accounts)
		.sort((a, b) => Number(b === persona.account) - Number(a === persona.account))
		.find(isReachedIn);
	if (!account) return [];
	const idOf = (kind: ThingKind) => world.things.find((thing) => thing.kind === kind && thing.account === account)!.id;
	return [{ pick: idOf, ids: kinds.map(idOf) }];
}

/** The route's address, with ids in place of its params. */
export function pathOf(at: { route: BuiltRoute; declared: Declared }, pick: PickId): string {
	const filled = at.route.path.replaceAll(/:(\w+)\??/g, (_, name: string) => {
		const kind = at.declared.params[name];
		return kind ? pick(kind) : "404";
	});
	return filled.replace("*", "nothing-here");
}
