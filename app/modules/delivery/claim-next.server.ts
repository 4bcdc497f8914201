import type { ContentKind } from "#app/channels/channel.ts";
import { countryOfNumber } from "#app/lib/country-of-number.ts";
import { log } from "#app/lib/log.ts";
import { HeldCopyError, readHold } from "#app/modules/backup/read-hold.server.ts";
import { giveProbes, PROBES } from "#app/modules/failover/breaker.ts";
import { type Choice, chooseProvider, type Standing } from "#app/modules/failover/choose-provider.ts";
import type { Sharer } from "#app/modules/failover/shares.ts";
import { claimMessages } from "#app/modules/messages/claim-messages.server.ts";
import { haltIfBlocked } from "#app/modules/messages/halt-if-blocked.server.ts";
import { type QueuedStart, queuedStart } from "#app/modules/messages/queued-start.server.ts";
import { rejectNewlyStopped } from "#app/modules/messages/reject-newly-stopped.server.ts";
import { findRoute } from "#app/modules/routing/find-route.server.ts";
import { hasCountryRoutes } from "#app/modules/routing/has-country-routes.server.ts";
import { inTx, type Tx } from "#db/tx.ts";
import type { ClaimedBatch } from "./carry-batch.server.ts";
import { claimShape } from "./claim-shape.ts";
import { lineRestsUntil, type ProviderLine } from "./line.server.ts";
import { providerLine } from "./provider-line.server.ts";
import { liveBatches, type Progress } from "./send-progress.ts";
import { pace } from "./standing.server.ts";
import { meetStrays } from "./stray-batches.server.ts";

/** The campaign that a claim is for. */
export interface ClaimOf {
	accountId: number;
	campaignId: number;
	/** Of the account: which routes are for it. */
	accountPath: string;
	channel: "viber" | "whatsapp" | "sms";
	kind: ContentKind;
}

/** Why nobody takes the next claim. `isDayFull`: at least one of those that rest does until tomorrow, because its day's limit is reached. */
export type Resting = Extract<Choice, { none: "resting" }> & { isDayFull: boolean };
type Nobody = Exclude<Choice, { providerId: number } | { none: "resting" }> | Resting;

export type Claimed =
	| ClaimedBatch
	| Nobody
	/** Nothing is queued there, or the campaign is not to be sent any more. */
	| { none: "nothing" }
	/** So many people were stopped meanwhile that there are more to look for: ask again. */
	| { none: "stopping" };

/**
 * Claims the next run of queued messages from `from` on, for the provider that the route, the providers' health and the shares name: decided
 * once for all of them, in the transaction that claims them.
 *
 * @throws HeldCopyError
 */
export function claimNext(
	of: ClaimOf,
	owner: string,
	from: number,
	largest: number,
	progress: Progress,
): Promise<Claimed> {
	return inTx((tx) => {
		// Put in the place of the books under a sidecar that has not seen it yet.
		if (readHold(tx)) throw new HeldCopyError("nobody is written to from a restored copy");
		if (haltIfBlocked(tx, of)) return { none: "nothing" };
		if (!rejectNewlyStopped(tx, of)) return { none: "stopping" };
		meetStrays(tx, of.campaignId);
		const start = queuedStart(tx, { ...of, from, size: largest });
		if (!start) return { none: "nothing" };
		const country = hasCountryRoutes(tx, of.channel) ? countryOfNumber(start.recipient) : null;
		const choice = choose(tx, of, country ?? countryOfNumber(start.recipient), start, progress);
		if ("none" in choice) return choice;
		const { line, isProbe } = choice;
		const { size, bulkSize } = isProbe ? { size: PROBES, bulkSize: 1 } : claimShape(line, progress.pass);
		const batch = claimMessages(tx, {
			...of,
			providerId: line.providerId,
			owner,
			from: start.id,
			size,
			...(country !== null && { goesAlong: (recipient) => countryOfNumber(recipient) === country }),
		});
		if (!batch) return { none: "nothing" };
		// Live before anybody can see the claim: recovery must never take it for a dead one's.
		liveBatches.add(batch.batchId);
		if (isProbe) giveProbes(line.health, Date.now());
		else if (choice.sharers.length > 0) progress.shares.took(line.providerId, batch.recipients.length, choice.sharers);
		return { batch, line, bulkSize, isProbe };
	});
}

interface ChosenLine {
	line: ProviderLine;
	isProbe: boolean;
	/** Among whom it was shared out; none: it was not. */
	sharers: Sharer[];
}

function choose(tx: Tx, of: ClaimOf, country: string, start: QueuedStart, progress: Progress): ChosenLine | Nobody {
	const route = findRoute(tx, { channel: of.channel, accountPath: of.accountPath, country, kind: of.kind });
	const lines = new Map<number, ProviderLine>();
	const steps = route.steps.filter(({ providerId }) => {
		const line = lineIfAny(providerId);
		if (line) lines.set(providerId, line);
		return line !== undefined;
	});
	const how = { now: Date.now(), pace: pace(), random: Math.random };
	const size = Math.max(...[...lines.values()].map((line) => claimShape(line, progress.pass).size));
	const standingOf = (providerId: number): Standing => {
		const line = lines.get(providerId)!;
		const since = progress.underWayOf.get(providerId) ?? [];
		const isBusy = since.length >= claimShape(line, progress.pass).atOnce;
		const busy = !isBusy ? "no" : how.now - since[0]! > how.pace.stepMs ? "long" : "now";
		return { health: line.health, freeAtUtc: lineRestsUntil(line), busy };
	};
	// Who had it under this id may take it again under this id: a provider that has it after all refuses it, and nobody is written to twice.
	const home = steps.find(({ providerId }) => providerId === start.providerId);
	const atHome = home && chooseProvider([home], standingOf, progress.shares, size, how);
	if (atHome && "providerId" in atHome)
		return { line: lines.get(home.providerId)!, isProbe: atHome.isProbe, sharers: [] };
	const choice =
		atHome?.none === "busy" ? { none: "busy" as const } : chooseProvider(steps, standingOf, progress.shares, size, how);
	if ("none" in choice) {
		if (choice.none !== "resting") return choice;
		return { ...choice, isDayFull: [...lines.values()].some(({ gate }) => (gate?.dayFullUntil ?? 0) > how.now) };
	}
	return {
		line: lines.get(choice.providerId)!,
		isProbe: choice.isProbe,
		sharers: choice.isProbe ? [] : choice.sharers,
	};
}

/** One whose settings cannot be read any more takes nothing, and keeps nobody else from it. */
function lineIfAny(providerId: number): ProviderLine | undefined {
	try {
		return providerLine(providerId);
	} catch (error) {
		log.warn({ err: error, providerId }, "a provider could not be set up");
		return undefined;
	}
}
