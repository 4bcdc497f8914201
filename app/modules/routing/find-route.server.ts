import type { Tx } from "#db/tx.ts";
import { matchRoute, type RouteWish } from "./match-route.server.ts";
import { takesKind } from "./routed-provider.ts";
import { keptByVersion } from "./routing-version.server.ts";

export interface FoundRoute {
	/** Null: no route matches, all active providers of the channel serve. */
	readonly routeId: number | null;
	/**
	 * Providers that are active and take the kind, in the order in which they are tried: those of one tier share the traffic by
	 * their weights. Empty: nobody can send this now.
	 */
	readonly steps: readonly { readonly providerId: number; readonly tier: number; readonly weight: number }[];
}

/** Accounts × countries × kinds that are sent to within one state of the routes. */
const KEPT_MAX = 5_000;
const keptOf = keptByVersion<FoundRoute>(KEPT_MAX);

/** Who is to carry such a message. One statement of one row, as long as nothing about routes and providers changes. */
export function findRoute(tx: Tx, wish: RouteWish): FoundRoute {
	const key = `${wish.channel}|${wish.accountPath}|${wish.country}|${wish.kind}`;
	return keptOf(tx, key, () => {
		const { routeId, steps } = matchRoute(tx, wish);
		return {
			routeId,
			steps: steps
				.filter((step) => step.state === "active" && takesKind(step, wish.kind))
				.map(({ providerId, tier, weight }) => ({ providerId, tier, weight })),
		};
	});
}
