import { fileURLToPath, pathToFileURL } from "node:url";

interface RouteModule {
	default?: unknown;
	loader?: unknown;
	action?: unknown;
}

interface ManifestRoute {
	id: string;
	parentId?: string;
	path?: string;
	module: RouteModule;
}

/** A route of the build that answers requests: one that no other route fills. */
export interface BuiltRoute {
	/** "routes/client+/every/campaigns+/$id+/_index" */
	id: string;
	/** "/client/campaigns/:id" */
	path: string;
	/** The address is shared with a route above it, and actions are this one's only with "?index". */
	isIndex: boolean;
	hasPage: boolean;
	hasAction: boolean;
}

async function manifest(): Promise<Record<string, ManifestRoute & { index?: boolean }>> {
	const built = fileURLToPath(new URL("../../build/server/index.js", import.meta.url));
	return ((await import(pathToFileURL(built).href)) as { routes: Record<string, ManifestRoute> }).routes;
}

/** Every route of the build that answers by itself, by id. */
export async function builtRoutes(): Promise<BuiltRoute[]> {
	const routes = await manifest();
	const parents = new Set(Object.values(routes).map((route) => route.parentId));
	const pathOf = (route: ManifestRoute): string => {
		const above = route.parentId && routes[route.parentId] ? pathOf(routes[route.parentId]!) : "";
		return route.path ? `${above}/${route.path}`.replaceAll("//", "/") : above;
	};
	return Object.values(routes)
		.filter((route) => !parents.has(route.id))
		.map((route) => ({
			id: route.id,
			path: pathOf(route) || "/",
			isIndex: route.index === true,
			hasPage: route.module.default !== undefined,
			hasAction: route.module.action !== undefined,
		}))
		.sort((a, b) => (a.id < b.id ? -1 : 1));
}
