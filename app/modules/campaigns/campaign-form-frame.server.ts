import type { Actor } from "#app/modules/access/actor.ts";
import { requireOwnRight } from "#app/modules/access/require-right.ts";
import { readBooks } from "#db/tx.ts";
import { allowedSenders } from "./allowed-senders.server.ts";
import { DAYS_AHEAD_MAX } from "./campaign.schema.ts";
import { localOf } from "./local-time.ts";

/** What the campaign form shows besides its values: who may be written as, and the account's days to choose from. */
export function campaignFormFrame(actor: Actor, right: "campaigns.create" | "campaigns.update") {
	requireOwnRight(actor, right);
	const { timeZone } = actor.account;
	const now = Date.now();
	return {
		senders: readBooks((tx) => allowedSenders(tx, actor)),
		timeZone,
		minDate: localOf(now, timeZone).date,
		maxDate: localOf(now + DAYS_AHEAD_MAX * 86_400_000, timeZone).date,
	};
}
