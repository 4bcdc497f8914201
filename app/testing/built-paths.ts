import { fileURLToPath, pathToFileURL } from "node:url";

interface BuiltRoute {
	id: string;
	parentId?: string;
	path?: string;
}

/** Every address pattern that the build answers, e.g. "/client/campaigns/:id/review", once. */
export async function builtPaths(): Promise<string[]> {
	const built = fileURLToPath(new URL("../../build/server/index.js", import.meta.url));
	const { routes } = (await import(pathToFileURL(built).href)) as { routes: Record<string, BuiltRoute> };
	const full = (route: BuiltRoute): string => {
		const above = route.parentId && routes[route.parentId] ? full(routes[route.parentId]!) : "";
		return route.path ? `${above}/${route.path}`.replaceAll("//", "/") : above;
	};
	return [...new Set(Object.values(routes).map((route) => full(route) || "/"))].sort();
}
