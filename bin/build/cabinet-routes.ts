import { flatRoutes } from "remix-flat-routes";

type DefineRoutes = Parameters<typeof flatRoutes>[1];
type Routes = ReturnType<typeof flatRoutes>;

const CABINETS = ["client", "dealer", "admin"] as const;

/**
 * Folders of routes/ as remix-flat-routes reads them, and one rule of our own: what lies in `every+/` is written once and
 * mounted in each cabinet, under that cabinet's layout (every+/campaigns+/new.tsx → /client/campaigns/new,
 * /dealer/campaigns/new, /admin/campaigns/new).
 */
export function cabinetRoutes(defineRoutes: DefineRoutes): Routes {
	const found = flatRoutes("routes", defineRoutes, { ignoredRouteFiles: ["**/.*"] });
	const routes: Routes = {};
	for (const [id, route] of Object.entries(found)) {
		if (!id.startsWith("routes/every+/")) {
			routes[id] = route;
			continue;
		}
		for (const cabinet of CABINETS) {
			const inCabinet = (other: string) => other.replace("routes/every+/", `routes/${cabinet}+/every/`);
			const isNested = route.parentId?.startsWith("routes/every+/");
			routes[inCabinet(id)] = {
				...route,
				id: inCabinet(id),
				parentId: isNested ? inCabinet(route.parentId!) : `routes/${cabinet}+/_layout`,
				path: isNested ? route.path : route.path?.replace(/^every\/?/, "") || undefined,
			};
		}
	}
	return routes;
}
