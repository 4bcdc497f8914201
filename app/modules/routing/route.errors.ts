/** The route does not exist, or not for this actor. */
export class RouteNotFoundError extends Error {
	override name = "RouteNotFoundError";
}

/** Somebody else has changed it since the page was shown. */
export class StaleRouteError extends Error {
	override name = "StaleRouteError";
}

/** There is a route for exactly the same account, channel, country and kind. */
export class RouteTakenError extends Error {
	override name = "RouteTakenError";
}

/** No account of the actor's scope is called so. */
export class RouteAccountUnknownError extends Error {
	override name = "RouteAccountUnknownError";
}

/** A provider of the route is not there, or serves another channel. */
export class RouteProviderUnknownError extends Error {
	override name = "RouteProviderUnknownError";
}
