import type { Actor } from "#app/modules/access/actor.ts";
import { requireOwnRight } from "#app/modules/access/require-right.ts";
import { readBooks } from "#db/tx.ts";
import { allowedSenders } from "./allowed-senders.server.ts";
import { DAYS_AHEAD_MAX } from "./campaign.schema.ts";
import { localOf } from "./local-time.ts";
import { offeredChannels } from "./offered-channels.server.ts";

/**
 * What the campaign form shows besides its values: who may be written as on the channels that are in service, and the account's days
 * to choose from.
 */
export function campaignFormFrame(actor: Actor, right: "campaigns.create" | "campaigns.update") {
	requireOwnRight(actor, right);
	const { timeZone } = actor.account;
	const now = Date.now();
	const [channels, allowed] = readBooks((tx) => [offeredChannels(tx), allowedSenders(tx, actor)] as const);
	return {
		channels,
		senders: allowed.filter((sender) => channels.some(({ channel }) => channel === sender.channel)),
		timeZone,
		minDate: localOf(now, timeZone).date,
		maxDate: localOf(now + DAYS_AHEAD_MAX * 86_400_000, timeZone).date,
	};
}
