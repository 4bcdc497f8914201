import { type CauseKey, causeKeyOf } from "#app/channels/causes.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { shownNumber } from "#app/modules/access/shown-numbers.ts";
import type { Tx } from "#db/tx.ts";
import type { Range } from "./list-messages.server.ts";
import { MESSAGE_STATE, type MessageState, messageStateOf } from "./message-state.ts";

/** One message as the books know it. Times are unix ms. */
export interface Message {
	id: number;
	/** Masked for whoever may not see numbers. */
	recipient: string;
	state: MessageState;
	cause: CauseKey | null;
	attempt: number;
	handedAtUtc: number | null;
	sentAtUtc: number | null;
	deliveredAtUtc: number | null;
	readAtUtc: number | null;
}

/** A message of a campaign whose scope the caller has checked (getCampaign); undefined for an id that is not the campaign's. */
export function getMessage(tx: Tx, actor: Actor, range: Range, messageId: number): Message | undefined {
	requireRight(actor, "campaigns.read");
	const first = range.firstMessageId;
	if (first === null || messageId < first || messageId >= first + range.messageCount) return undefined;
	const row = tx
		.sql<{
			recipient: string;
			state: number;
			cause: number | null;
			attempt: number;
			handed: number | null;
			sent: number | null;
			delivered: number | null;
			read: number | null;
		}>(
			`SELECT m.recipient, s.state, s.cause, s.attempt, s.handed_at AS handed, s.sent_at AS sent,
			        s.delivered_at AS delivered, s.read_at AS read
			   FROM message_states s JOIN messages m ON m.id = s.id WHERE s.id = ?`,
		)
		.get(messageId);
	if (!row) return undefined;
	const ms = (seconds: number | null) => (seconds === null ? null : seconds * 1000);
	return {
		id: messageId,
		recipient: shownNumber(actor, row.recipient),
		state: messageStateOf(row.state === MESSAGE_STATE.claimed ? MESSAGE_STATE.queued : row.state),
		cause: row.cause === null ? null : causeKeyOf(row.cause),
		attempt: row.attempt,
		handedAtUtc: ms(row.handed),
		sentAtUtc: ms(row.sent),
		deliveredAtUtc: ms(row.delivered),
		readAtUtc: ms(row.read),
	};
}
