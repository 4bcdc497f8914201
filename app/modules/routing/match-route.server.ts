import type { ChannelName, ContentKind } from "#app/channels/channel.ts";
import type { Tx } from "#db/tx.ts";
import type { RoutedProvider } from "./routed-provider.ts";

/** Whom a message goes to, as far as routes ask. */
export interface RouteWish {
	channel: ChannelName;
	/** "/1/5/9/": of the account that sends. */
	accountPath: string;
	/** ISO 3166 code; "": unknown. */
	country: string;
	kind: ContentKind;
}

export interface MatchedStep extends RoutedProvider {
	providerId: number;
	/** From 1; the smaller goes first. */
	tier: number;
	/** Share within the tier. */
	weight: number;
	/** Messages that it is given in a day of UTC at most; null: any number. */
	perDay: number | null;
}

/** The most specific route for a message, with all of its providers, whether they can serve now or not. */
export interface MatchedRoute {
	/** Null: no route matches, so all active providers of the channel serve, the one connected first before the others. */
	routeId: number | null;
	/** In the order in which they are tried. */
	steps: MatchedStep[];
}

/** Reads from the books each time: for a claim there is `findRoute`, which keeps what it has read. */
export function matchRoute(tx: Tx, wish: RouteWish): MatchedRoute {
	const route = tx
		.sql<{ id: number }>(
			// A path names the accounts from the root down: the place in it tells how deep an account is.
			`SELECT r.id FROM json_each(@path) p JOIN routes r ON r.branch_account_id = p.value
			  WHERE r.channel = @channel AND r.country IN ('', @country) AND r.kind IN ('', @kind)
			  ORDER BY p.key DESC, r.country <> '' DESC, r.kind <> '' DESC LIMIT 1`,
		)
		.get({
			path: JSON.stringify(wish.accountPath.split("/").filter(Boolean).map(Number)),
			channel: wish.channel,
			country: wish.country,
			kind: wish.kind,
		});
	if (!route) return { routeId: null, steps: everyActive(tx, wish.channel) };
	const steps = tx
		.sql<MatchedStep>(
			`SELECT s.provider_id AS providerId, s.tier, s.weight, p.adapter, p.channel, p.state, p.per_day AS perDay
			   FROM route_steps s JOIN providers p ON p.id = s.provider_id
			  WHERE s.route_id = ? ORDER BY s.tier, s.weight DESC, s.provider_id`,
		)
		.all(route.id);
	return { routeId: route.id, steps };
}

function everyActive(tx: Tx, channel: ChannelName): MatchedStep[] {
	return tx
		.sql<Omit<MatchedStep, "tier" | "weight">>(
			"SELECT id AS providerId, adapter, channel, state, per_day AS perDay FROM providers WHERE channel = ? AND state = 'active' ORDER BY id",
		)
		.all(channel)
		.map((provider, i) => ({ ...provider, tier: i + 1, weight: 1 }));
}
