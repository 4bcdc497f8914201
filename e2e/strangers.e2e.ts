import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { resetEnv } from "#app/lib/env.ts";
import { closeBooks } from "#db/client.ts";
import { type BuiltRoute, builtRoutes } from "./harness/built-routes.ts";
import { type App, startApp } from "./harness/start-app.ts";
import { DECLARED } from "./strangers/declared.ts";
import { changes, dumpBooks } from "./strangers/dump-books.ts";
import { inTurns } from "./strangers/in-turns.ts";
import { makePersonas, type Persona } from "./strangers/personas.ts";
import { walkRoute } from "./strangers/walk.ts";
import { makeWorld, type World } from "./strangers/world.ts";

const WALK_WITHIN_MS = 240_000;
/** Of what was found: enough to see what it is. */
const SHOWN = 60;

let app: App;
let world: World;
let personas: Persona[];
const routes = await builtRoutes();

beforeAll(async () => {
	app = await startApp({ BRAND_NAME: "Northwind" });
	// The same books as the app's: what is written here is what it reads.
	process.env.DATA_DIR = app.dataDir;
	resetEnv();
	world = await makeWorld();
	personas = await makePersonas(world);
});
afterAll(async () => {
	closeBooks();
	await app?.stop();
});

const declaredOf = (route: BuiltRoute) => DECLARED.find((one) => one.route === route.id);

it("every route of the build is declared, with its params and whether it takes a form", () => {
	const told = (route: BuiltRoute) => {
		const declared = declaredOf(route);
		if (!declared) return `${route.id} (${route.path}) stands nowhere`;
		const params = [...route.path.matchAll(/:(\w+)/g)].map((match) => match[1]!);
		const isOutside = declared.cabinets.length === 0;
		if (!isOutside && params.some((name) => !(name in declared.params))) return `${route.id}: what is ${params}?`;
		if (route.hasAction !== (declared.form !== undefined))
			return `${route.id}: ${route.hasAction ? "takes a" : "no"} form`;
		return undefined;
	};
	expect(routes.map(told).filter(Boolean), "mend e2e/strangers/declared.ts").toEqual([]);
	const ids = new Set(routes.map((route) => route.id));
	expect(DECLARED.filter((one) => !ids.has(one.route)).map((one) => one.route)).toEqual([]);
});

/** Walks all routes as these, and compares the whole books before and after. */
async function walkAs(chosen: (persona: Persona) => boolean): Promise<string[]> {
	const before = dumpBooks();
	const asked = personas.filter(chosen).flatMap((persona) =>
		routes.flatMap((route) => {
			const declared = declaredOf(route);
			const concerns = !persona.isOnlyFor || [declared?.right, declared?.changeRight].includes(persona.isOnlyFor);
			const isTheirs = !persona.isOnlyFor || declared?.cabinets[0] === persona.account?.kind;
			return declared && concerns && isTheirs ? [{ baseUrl: app.url, world, persona, route, declared }] : [];
		}),
	);
	const found = await inTurns(asked, async (scene) => {
		const lines = await walkRoute(scene);
		return lines.map((line) => `${scene.persona.name}: ${line}`);
	});
	expect(asked.length, "somebody asked for something").toBeGreaterThan(0);
	return [...found, ...changes(before, dumpBooks())];
}

describe("nothing leaks, not even that an id exists, and nothing changes", () => {
	it.each([
		["people without a session that opens pages", (one: Persona) => !one.account],
		[
			"other clients and other dealers",
			(one: Persona) => !one.inside && one.lacks.length === 0 && one.account !== null,
		],
		["people inside a cabinet that they entered", (one: Persona) => one.inside !== undefined],
		["employees without any right", (one: Persona) => one.lacks.length > 1],
		["employees without the one right that it needs", (one: Persona) => one.isOnlyFor !== undefined],
	] as const)(
		"%s",
		async (_, chosen) => {
			const found = await walkAs(chosen);
			expect(found.slice(0, SHOWN), `${found.length} in all`).toEqual([]);
		},
		WALK_WITHIN_MS,
	);
});
