import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { resetEnv } from "#app/lib/env.ts";
import { closeBooks } from "#db/client.ts";
import { type BuiltRoute, builtRoutes } from "./harness/built-routes.ts";
import { type App, startApp } from "./harness/start-app.ts";
import { tryBackDoors } from "./strangers/back-doors.ts";
import { addCallbacks } from "./strangers/callbacks.ts";
import { DECLARED } from "./strangers/declared.ts";
import { changes, dumpBooks } from "./strangers/dump-books.ts";
import { rightsFor } from "./strangers/expectation.ts";
import { inTurns } from "./strangers/in-turns.ts";
import { addLostWrites } from "./strangers/lost-writes.ts";
import { makePersonas, type Persona } from "./strangers/personas.ts";
import { tryDoorsOfServer } from "./strangers/server-doors.ts";
import { type Scene, walkRoute } from "./strangers/walk.ts";
import { makeWorld, type World } from "./strangers/world.ts";

const WALK_WITHIN_MS = 1_800_000;
const CABINETS = ["client", "dealer", "admin"];
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
	await addCallbacks(world, app.wireUrl());
	await addLostWrites(world, app.wireUrl());
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

/** Who asks for what: a persona for one right asks only where that decides. */
function scenesOf(chosen: (persona: Persona) => boolean): Scene[] {
	return personas.filter(chosen).flatMap((persona) =>
		routes.flatMap((route) => {
			const declared = declaredOf(route);
			if (!declared) return [];
			const { isOnlyFor, account } = persona;
			const isTheirs = declared.cabinets[0] === account?.kind;
			const isDecided =
				isTheirs && [...rightsFor(declared, "read"), ...rightsFor(declared, "change")].includes(isOnlyFor!);
			return isOnlyFor && !isDecided ? [] : [{ baseUrl: app.url, world, persona, route, declared }];
		}),
	);
}

/** Does it for each, and compares the whole books before and after. Nothing may have been found, nothing changed. */
async function expectNothing(scenes: Scene[], walk: (scene: Scene) => Promise<string[]>): Promise<void> {
	const before = dumpBooks();
	expect(scenes.length, "somebody asked for something").toBeGreaterThan(routes.length / 2);
	const found = await inTurns(scenes, async (scene) => {
		const lines = await walk(scene);
		return lines.map((line) => `${scene.persona.name}: ${line}`);
	});
	found.push(...changes(before, dumpBooks()));
	expect(found.slice(0, SHOWN), `${found.length} in all`).toEqual([]);
}

describe("nothing leaks, not even that an id exists, and nothing changes", () => {
	const isOwner = (one: Persona) => !one.inside && one.lacks.length === 0;
	it.each([
		["people without a session that opens pages", (one: Persona) => !one.account],
		["other clients", (one: Persona) => isOwner(one) && one.account?.kind === "client"],
		[
			"other dealers and whoever is limited to some accounts",
			(one: Persona) => isOwner(one) && one.account?.kind === "dealer",
		],
		["the admin's people", (one: Persona) => isOwner(one) && one.account?.kind === "admin"],
		["people inside a cabinet that they entered", (one: Persona) => one.inside !== undefined],
		["employees without any right", (one: Persona) => one.lacks.length > 1],
		["employees without the one right that it needs", (one: Persona) => one.isOnlyFor !== undefined],
	] as const)(
		"%s",
		async (_, chosen) => {
			await expectNothing(scenesOf(chosen), walkRoute);
		},
		WALK_WITHIN_MS,
	);

	it("what is answered ahead of the pages says nothing and takes nothing", async () => {
		const before = dumpBooks();
		const found = await Promise.all(
			personas.filter((one) => !one.isOnlyFor).map((persona) => tryDoorsOfServer(app.url, world, persona)),
		);
		found.push(changes(before, dumpBooks()));
		expect(found.flat()).toEqual([]);
	});

	it(
		"nobody comes into another kind's cabinet by an address that is written otherwise, or past its layout",
		async () => {
			// Each cabinet by nobody at all, and by one of another kind: a dealer's by who would gain most, and so on.
			const goesTo = {
				nobody: CABINETS,
				"another client": ["dealer"],
				"another dealer": ["admin"],
				"the admin": ["client"],
			};
			const goals = new Map<string, readonly string[]>(Object.entries(goesTo));
			const scenes = scenesOf(({ name }) => goals.has(name)).filter(
				({ declared, persona }) => declared.cabinets[0] && goals.get(persona.name)!.includes(declared.cabinets[0]),
			);
			await expectNothing(scenes, tryBackDoors);
		},
		WALK_WITHIN_MS,
	);
});
