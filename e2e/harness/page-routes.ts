import { fileURLToPath, pathToFileURL } from "node:url";

interface BuiltRoute {
	id: string;
	parentId?: string;
	module: { default?: unknown };
}

/** Ids of the built routes that show a page of their own: a component, and no route below them that would fill it. */
export async function pageRoutes(): Promise<string[]> {
	const built = fileURLToPath(new URL("../../build/server/index.js", import.meta.url));
	const { routes } = (await import(pathToFileURL(built).href)) as { routes: Record<string, BuiltRoute> };
	const parents = new Set(Object.values(routes).map((route) => route.parentId));
	return Object.values(routes)
		.filter((route) => route.module.default !== undefined && !parents.has(route.id))
		.map((route) => route.id)
		.sort();
}
