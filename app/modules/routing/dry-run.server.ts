import { countryOfNumber } from "#app/lib/country-of-number.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { readNumber } from "#app/modules/audiences/read-number.ts";
import { currency } from "#app/modules/platform/currency.server.ts";
import type { Tx } from "#db/tx.ts";
import { readBooks } from "#db/tx.ts";
import { readStandings } from "#jobs/wire/read-standings.ts";
import type { DryRunInput } from "./dry-run.schema.ts";
import { findCost } from "./find-cost.server.ts";
import { judgeSteps, type Verdict } from "./judge-steps.ts";
import { matchRoute } from "./match-route.server.ts";
import { requireRoute } from "./require-route.server.ts";
import { routeAccount } from "./route-account.server.ts";
import { type ShownBranch, shownBranch } from "./shown-branch.server.ts";

export interface DryRun {
	/** E.164. */
	phone: string;
	/** "": nobody's. */
	country: string;
	account: { id: number; name: string };
	/** Of the costs; ISO 4217. */
	currency: string;
	/** The route that serves, and whom it is for; null: none matches, all active providers of the channel serve. */
	route: { id: number; branch: ShownBranch; country: string; kind: string } | null;
	steps: {
		providerId: number;
		name: string;
		tier: number;
		/** Of one message, in micro-units; null: not written down. */
		costMicros: number | null;
		verdict: Verdict;
	}[];
}

/** The typed number is none, for the account's country; `issue`: why. */
export class NumberUnreadableError extends Error {
	override name = "NumberUnreadableError";
	readonly issue: string;
	constructor(issue: string) {
		super(issue);
		this.issue = issue;
	}
}

/**
 * Which provider would carry a message to this number for this account now, at what cost, and why. Sends nothing, reserves nothing.
 *
 * @throws Response 403; RouteAccountUnknownError, NumberUnreadableError
 */
export async function dryRun(actor: Actor, input: DryRunInput, now = Date.now()): Promise<DryRun> {
	requireRight(actor, "providers.read");
	const standings = await readStandings();
	return readBooks((tx) => {
		const account = routeAccount(tx, actor, input.account);
		const read = readNumber(input.number, homeOf(tx, account.id));
		if ("reason" in read) throw new NumberUnreadableError(`audiences:reasons.${read.reason}`);
		const country = countryOfNumber(read.phone);
		const { channel, kind } = input;
		const { routeId, steps } = matchRoute(tx, { channel, kind, country, accountPath: account.path });
		const verdicts = judgeSteps(steps, kind, standings, now);
		return {
			phone: read.phone,
			country,
			account: { id: account.id, name: account.name },
			currency: currency(tx),
			route: routeId === null ? null : describeRoute(tx, actor, routeId),
			steps: steps.map(({ providerId, tier }, i) => ({
				providerId,
				tier,
				name: providerName(tx, actor, providerId),
				costMicros: findCost(tx, { providerId, country, kind }),
				verdict: verdicts[i]!,
			})),
		};
	});
}

/** The country that numbers without a calling code are read with. */
function homeOf(tx: Tx, accountId: number): string {
	return tx.sql<{ country: string }>("SELECT country FROM accounts WHERE id = ?").get(accountId)!.country;
}

function describeRoute(tx: Tx, actor: Actor, routeId: number): DryRun["route"] {
	const { id, branchAccountId, country, kind } = requireRoute(tx, actor, routeId);
	return { id, country, kind, branch: shownBranch(tx, actor, branchAccountId) };
}

function providerName(tx: Tx, actor: Actor, providerId: number): string {
	const row = tx
		.sql<{ name: string }>("SELECT name FROM providers WHERE id = ? AND account_id = ?")
		.get(providerId, actor.account.id);
	return row?.name ?? "";
}
