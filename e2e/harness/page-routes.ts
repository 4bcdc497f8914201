import { builtRoutes } from "./built-routes.ts";

/** Ids of the built routes that show a page of their own: a component, and no route below them that would fill it. */
export async function pageRoutes(): Promise<string[]> {
	return (await builtRoutes()).filter((route) => route.hasPage).map((route) => route.id);
}
