import { flatRoutes } from "remix-flat-routes";

type DefineRoutes = Parameters<typeof flatRoutes>[1];
type Routes = ReturnType<typeof flatRoutes>;

/** Folders that are written once, and the cabinets that have them. */
const SHARED: Record<string, string[]> = {
	every: ["client", "dealer", "admin"],
	reseller: ["dealer", "admin"],
};

/**
 * Folders of routes/ as remix-flat-routes reads them, and one rule of our own: what lies in `every+/` or `reseller+/` is
 * written once and mounted in several cabinets, under each one's layout (every+/campaigns+/new.tsx → /client/campaigns/new,
 * /dealer/campaigns/new, /admin/campaigns/new).
 */
export function cabinetRoutes(defineRoutes: DefineRoutes): Routes {
	const found = flatRoutes("routes", defineRoutes, { ignoredRouteFiles: ["**/.*"] });
	const routes: Routes = {};
	for (const [id, route] of Object.entries(found)) {
		const folder = sharedFolderOf(id);
		if (!folder) {
			routes[id] = route;
			continue;
		}
		for (const cabinet of SHARED[folder]!) {
			const inCabinet = (other: string) => other.replace(`routes/${folder}+/`, `routes/${cabinet}+/${folder}/`);
			const parent = route.parentId !== undefined && sharedFolderOf(route.parentId) ? route.parentId : undefined;
			routes[inCabinet(id)] = {
				...route,
				id: inCabinet(id),
				parentId: parent ? inCabinet(parent) : `routes/${cabinet}+/_layout`,
				path: parent ? route.path : route.path?.replace(new RegExp(`^${folder}/?`), "") || undefined,
			};
		}
	}
	return routes;
}

function sharedFolderOf(id: string): string | undefined {
	return Object.keys(SHARED).find((folder) => id.startsWith(`routes/${folder}+/`));
}
