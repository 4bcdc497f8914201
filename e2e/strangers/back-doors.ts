import { ask } from "./ask.ts";
import { MISSING, pathOf } from "./targets.ts";
import type { Scene } from "./walk.ts";

/**
 * Ways into another kind's cabinet that go past its layout, or past whoever reads the cabinet off the address. The address as it should be is
 * walked by everybody (walk.ts).
 */
function backDoors({ route, persona }: Scene, path: string): string[] {
	const [, cabinet = "", ...rest] = path.split("/");
	const capital = `/${[cabinet[0]!.toUpperCase() + cabinet.slice(1), ...rest].join("/")}`;
	const encoded = `/%${cabinet.charCodeAt(0).toString(16)}${[cabinet.slice(1), ...rest].join("/")}`;
	const id = encodeURIComponent(route.id);
	const pages = [capital, encoded, `${path}/`];
	// The old way to a route's data is shut in one place, whatever stands before it: one address of each route, not of each the same.
	const all = [path, ...pages];
	const old = all[(route.id.length + persona.name.length) % all.length];
	return [...pages, ...[capital, encoded, path].map((way) => `${way}.data?_routes=${id}`), `${old}?_data=${id}`];
}

/** Asks for a page of a cabinet that is not the persona's by each of them, to see and to change; tells which let it in. */
export async function tryBackDoors(scene: Scene): Promise<string[]> {
	const { baseUrl, persona, route, declared } = scene;
	const path = pathOf(scene, MISSING.pick);
	const found: string[] = [];
	for (const address of backDoors(scene, path))
		for (const method of ["GET", "POST"]) {
			const form = method === "POST" ? (declared.form?.(MISSING.pick) ?? {}) : undefined;
			const { outcome } = await ask(baseUrl, { method, cookie: persona.cookie, address, form });
			const isElsewhere = new RegExp(`^to /(sign-in|${persona.account?.kind ?? "sign-in"}/)`).test(outcome);
			if (!isElsewhere && !/^(403|404|405)$/.test(outcome)) found.push(`${route.id}: ${method} ${address}: ${outcome}`);
		}
	return found;
}
