import type { ServerBuild } from "@remix-run/node";

type Routes = ServerBuild["routes"];

/** Static parts of an address as the routes spell them: whatever is written otherwise goes the long way. */
const PLAIN = /^[a-z-]+$/;
const WHOLE = "";

/**
 * Remix matches an address against all routes three times over for every request, which takes as long as everything else that a page
 * does. Here it gets only those that begin as the address does, with those that take any address: the same ones match, in the same order.
 *
 * @returns a function that gives for an address the build to answer it with; for addresses of one part of the site always the same one.
 */
export function buildsNear(whole: ServerBuild): (pathname: string) => ServerBuild {
	const patterns = Object.keys(whole.routes).map((id) => [id, patternOf(whole.routes, id)] as const);
	const known = new Set(patterns.map(([, [first, second]]) => keyOf(first, second)));
	const kept = new Map<string, ServerBuild>([[WHOLE, whole]]);
	return (pathname) => {
		// The data of /client/prices is asked for at /client/prices.data.
		const [, first, second] = pathname.replace(/\.data$/, "").split("/");
		const key = known.has(keyOf(first, second)) ? keyOf(first, second) : WHOLE;
		let build = kept.get(key);
		if (!build) {
			const canMatch = ([a, b]: readonly string[]) => isOpen(a) || (a === first && (isOpen(b) || b === second));
			build = only(whole, new Set(patterns.filter(([, pattern]) => canMatch(pattern)).map(([id]) => id)));
			kept.set(key, build);
		}
		return build;
	};
}

/** Whether it takes more than one word, or none. */
function isOpen(part: string | undefined): boolean {
	return part === undefined || !PLAIN.test(part);
}

/** Of the first two parts, where both are plain words; else of the whole. */
function keyOf(first = "", second = ""): string {
	return PLAIN.test(first) && PLAIN.test(second) ? `${first}/${second}` : WHOLE;
}

/** The parts of the address that a route takes, those of the routes around it included. */
function patternOf(routes: Routes, id: string): string[] {
	const { parentId, path } = routes[id]!;
	const above = parentId && routes[parentId] ? patternOf(routes, parentId) : [];
	return path ? [...above, ...path.split("/")] : above;
}

function only(whole: ServerBuild, ids: ReadonlySet<string>): ServerBuild {
	const pick = <T>(all: Record<string, T>) =>
		Object.fromEntries(Object.entries(all).filter(([id]) => ids.has(id))) as Record<string, T>;
	return { ...whole, routes: pick(whole.routes), assets: { ...whole.assets, routes: pick(whole.assets.routes) } };
}
