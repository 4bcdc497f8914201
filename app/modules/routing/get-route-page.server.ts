import type { ChannelName } from "#app/channels/channel.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import type { Tx } from "#db/tx.ts";
import { type ListedRoute, stepsOf } from "./list-routes.server.ts";
import { requireRoute } from "./require-route.server.ts";
import { shownBranch } from "./shown-branch.server.ts";

/** A route's form as it is typed. */
export interface RouteValues {
	account: string;
	country: string;
	kind: string;
	steps: { providerId: string; tier: string; weight: string }[];
}

/** Everything that a route's form shows besides what is typed. */
export interface RouteFrame {
	channel: ChannelName;
	/** Of the channel, in the order of the form's lines. */
	providers: { id: number; name: string; state: "active" | "draining" | "disabled" }[];
	values: RouteValues;
}

/** A route as it stands, with its form. */
export type RoutePage = RouteFrame & ListedRoute & { version: number };

/**
 * A route with its form.
 *
 * @throws Response 403; RouteNotFoundError
 */
export function getRoutePage(tx: Tx, actor: Actor, routeId: number): RoutePage {
	requireRight(actor, "providers.read");
	const { id, channel, branchAccountId, country, kind, version } = requireRoute(tx, actor, routeId);
	const branch = shownBranch(tx, actor, branchAccountId);
	const providers = providersOf(tx, actor, channel);
	const steps = stepsOf(tx, actor, [id]).get(id) ?? [];
	const account = branch ? branch.login || String(branch.id) : "";
	const stepOf = (providerId: number) => steps.find((step) => step.providerId === providerId);
	const values = { account, country, kind, steps: providers.map((one) => lineOf(one.id, stepOf(one.id))) };
	return { id, version, channel, providers, values, branch, country, kind, steps };
}

/** What a new route's form begins with: nobody chosen yet. */
export function newRouteFrame(tx: Tx, actor: Actor, channel: ChannelName): RouteFrame {
	requireRight(actor, "providers.update");
	const providers = providersOf(tx, actor, channel);
	const steps = providers.map((one) => lineOf(one.id, undefined));
	return { channel, providers, values: { account: "", country: "", kind: "", steps } };
}

function providersOf(tx: Tx, actor: Actor, channel: ChannelName): RouteFrame["providers"] {
	return tx
		.sql<RouteFrame["providers"][number]>(
			"SELECT id, name, state FROM providers WHERE account_id = ? AND channel = ? ORDER BY id LIMIT 100",
		)
		.all(actor.account.id, channel);
}

function lineOf(providerId: number, step: { tier: number; weight: number } | undefined): RouteValues["steps"][number] {
	return {
		providerId: String(providerId),
		tier: step ? String(step.tier) : "",
		weight: step ? String(step.weight) : "",
	};
}
