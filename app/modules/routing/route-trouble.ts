import {
	RouteAccountUnknownError,
	RouteNotFoundError,
	RouteProviderUnknownError,
	RouteTakenError,
	StaleRouteError,
} from "./route.errors.ts";

export interface RouteTrouble {
	/** The field that it stands beside; empty: above the form. */
	field: string;
	issue: string;
	status: 409 | 422;
}

/**
 * What a page of routes answers to an error.
 *
 * @throws Response 404 for what is not there for this actor; errors that are not the visitor's go on.
 */
export function routeTrouble(error: unknown): RouteTrouble {
	if (error instanceof RouteNotFoundError) throw new Response(null, { status: 404 });
	if (error instanceof StaleRouteError) return { field: "", issue: "routing:error.changed", status: 409 };
	if (error instanceof RouteTakenError) return { field: "", issue: "routing:error.taken", status: 422 };
	if (error instanceof RouteAccountUnknownError)
		return { field: "account", issue: "routing:error.account", status: 422 };
	if (error instanceof RouteProviderUnknownError)
		return { field: "", issue: "routing:error.provider_gone", status: 422 };
	throw error;
}

/** `read`'s answer, or 404 where the route is not there for this actor. */
export function routeOr404<T>(read: () => T): T {
	try {
		return read();
	} catch (error) {
		routeTrouble(error);
		throw error;
	}
}
