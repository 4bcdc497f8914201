import { fileURLToPath, pathToFileURL } from "node:url";
import type { ServerBuild } from "@remix-run/node";
import { matchRoutes } from "@remix-run/react";
import { beforeAll, describe, expect, it } from "vitest";
import { buildWeb } from "#bin/build/build-web.ts";
import { buildsNear } from "./build-near.ts";

type RouteObject = Parameters<typeof matchRoutes>[0][number];

let whole: ServerBuild;
let near: (pathname: string) => ServerBuild;
beforeAll(async () => {
	await buildWeb(() => {});
	const built = fileURLToPath(new URL("../../build/server/index.js", import.meta.url));
	whole = (await import(pathToFileURL(built).href)) as ServerBuild;
	near = buildsNear(whole);
});

/** The routes as a tree, as Remix hands them to its matcher. */
function tree(build: ServerBuild, parentId?: string): RouteObject[] {
	return Object.values(build.routes)
		.filter((route) => (route.parentId || undefined) === parentId)
		.map((route) =>
			route.index
				? { id: route.id, path: route.path, index: true }
				: { id: route.id, path: route.path, children: tree(build, route.id) },
		);
}

const trees = new Map<ServerBuild, RouteObject[]>();

function matched(build: ServerBuild, pathname: string) {
	const routes = trees.get(build) ?? tree(build);
	trees.set(build, routes);
	return matchRoutes(routes, pathname)?.map(({ route, params }) => [route.id, params]);
}

function patterns(routes = tree(whole), above = ""): string[] {
	return routes.flatMap((route) => {
		const path = route.path ? `${above}/${route.path}`.replaceAll("//", "/") : above;
		return [path || "/", ...patterns(route.children ?? [], path)];
	});
}

describe("the routes that begin as an address does", () => {
	it("match every address as all routes together do, however it is written", () => {
		const addresses = new Set(patterns().map((path) => path.replaceAll(/:\w+\??/g, "7").replace("*", "nothing")));
		addresses.delete("/");
		expect(addresses.size).toBeGreaterThan(100);
		const seen = new Set<ServerBuild>();
		for (const address of addresses) {
			const [, first = "", ...rest] = address.split("/");
			const asIs = [address, `${address}/`, `${address}/nothing-here`];
			// How the beginning is written matters once for all that begin so.
			const otherwise = [
				`/${[first.toUpperCase(), ...rest].join("/")}`,
				`/${[first, ...rest.map((part) => part.toUpperCase())].join("/")}`,
				`/%${first.charCodeAt(0).toString(16)}${[first.slice(1), ...rest].join("/")}`,
				`//${[first, ...rest].join("/")}`,
				`/${[first, "", ...rest].join("/")}`,
				`/nothing${address}`,
			];
			const asked = seen.has(near(address)) ? asIs : [...asIs, ...otherwise];
			seen.add(near(address));
			for (const one of asked) expect([one, matched(near(one), one)]).toEqual([one, matched(whole, one)]);
		}
	});

	it("are the same for a page and for its data, and few", () => {
		for (const address of ["/client/campaigns", "/admin/providers/7", "/dealer/settings/people"]) {
			expect(near(`${address}.data`)).toBe(near(address));
			const count = Object.keys(near(address).routes).length;
			expect(count).toBeLessThan(Object.keys(whole.routes).length / 5);
			expect(Object.keys(near(address).assets.routes)).toHaveLength(count);
		}
		expect(near("/constructor/prototype")).toBe(whole);
	});
});
