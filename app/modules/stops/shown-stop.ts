import { type CauseKey, causeKeyOf } from "#app/channels/causes.ts";
import type { ChannelName } from "#app/channels/channel.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { shownNumber } from "#app/modules/access/shown-numbers.ts";

/** An entry as it is stored, with the names of the account's own people. */
export interface StopRow {
	id: number;
	recipient: string;
	channel: ChannelName | "";
	sender: string;
	cause: number | null;
	note: string;
	campaignId: number | null;
	messageId: number | null;
	byName: string | null;
	createdAtUtc: number;
	liftedAtUtc: number | null;
	liftedByName: string | null;
}

/** What is read for a StopRow: from `stops s LEFT JOIN users u …` and `users l …`, see STOP_PEOPLE. */
export const STOP_COLUMNS = `s.id AS id, s.recipient, s.channel, s.sender, s.cause, s.note, s.campaign_id AS campaignId, s.message_id AS messageId,
	CASE u.name WHEN '' THEN u.login ELSE u.name END AS byName, s.created_at_utc AS createdAtUtc, s.lifted_at_utc AS liftedAtUtc,
	CASE l.name WHEN '' THEN l.login ELSE l.name END AS liftedByName`;

/** Only people of the account itself are named: nobody else changes its list in their own name. */
export const STOP_PEOPLE = `LEFT JOIN users u ON u.id = s.user_id AND u.account_id = s.account_id
	LEFT JOIN users l ON l.id = s.lifted_by_user_id AND l.account_id = s.account_id`;

export interface ShownStop extends Omit<StopRow, "cause"> {
	/** What the person said to a provider; null: added by hand. */
	cause: CauseKey | null;
}

/** As this actor may see it: the number masked for whoever may not see numbers. */
export function shownStop(actor: Actor, row: StopRow): ShownStop {
	return {
		...row,
		recipient: shownNumber(actor, row.recipient),
		cause: row.cause === null ? null : causeKeyOf(row.cause),
	};
}
