import { type CauseKey, causeKeyOf } from "#app/channels/causes.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { shownNumber } from "#app/modules/access/shown-numbers.ts";
import type { Tx } from "#db/tx.ts";
import { MESSAGE_STATE, type MessageState, messageStateOf } from "./message-state.ts";

export const MESSAGES_A_PAGE = 50;
/** So many messages are looked at for one page of a filtered list; then it says how far it came and offers to look on. */
export const MESSAGES_SCANNED = 20_000;

export interface ListedMessage {
	id: number;
	recipient: string;
	state: MessageState;
	cause: CauseKey | null;
	/** Of the newest state that has a time; unix ms. */
	atUtc: number | null;
	/** The second leg's message to the same person. */
	second: Pick<ListedMessage, "id" | "state" | "cause" | "atUtc"> | null;
}

interface Row {
	id: number;
	state: number;
	cause: number | null;
	/** Unix seconds. */
	at: number | null;
}

const ROW = "s.id, s.state, s.cause, coalesce(s.read_at, s.delivered_at, s.sent_at, s.handed_at) AS at";

function shown({ id, state, cause, at }: Row): NonNullable<ListedMessage["second"]> {
	return {
		id,
		state: messageStateOf(state === MESSAGE_STATE.claimed ? MESSAGE_STATE.queued : state),
		cause: cause === null ? null : causeKeyOf(cause),
		atUtc: at === null ? null : at * 1000,
	};
}

/** The second leg's messages that a page of the first refers to, by id. */
function secondsOf(tx: Tx, ids: number[]): Map<number, NonNullable<ListedMessage["second"]>> {
	if (ids.length === 0) return new Map();
	const rows = tx
		.sql<Row>(`SELECT ${ROW} FROM message_states s WHERE s.id IN (SELECT value FROM json_each(?))`)
		.all(JSON.stringify(ids));
	return new Map(rows.map((row) => [row.id, shown(row)]));
}

/** A campaign whose scope the caller has checked (getCampaign): its range of ids is the scope of this query. */
export interface Range {
	firstMessageId: number | null;
	messageCount: number;
}

/**
 * A campaign's messages in their order, 50 a page, or those in one state; `second`: those whose person's message of the second leg is in
 * that one. `after`: the id that the page before ended with.
 * Recipients are masked for whoever may not see numbers. A queued message that a worker holds counts as queued.
 */
export function listMessages(
	tx: Tx,
	actor: Actor,
	range: Range,
	filter: { state?: MessageState; second?: MessageState; after?: number },
): { messages: ListedMessage[]; nextAfter: number | null } {
	requireRight(actor, "campaigns.read");
	if (range.firstMessageId === null || range.messageCount === 0) return { messages: [], nextAfter: null };
	const from = Math.max(range.firstMessageId, (filter.after ?? 0) + 1);
	const end = range.firstMessageId + range.messageCount;
	const [state, second] = [filter.state, filter.second].map((one) => (one ? MESSAGE_STATE[one] : null));
	const isFiltered = state !== null || second !== null;
	const scannedTo = isFiltered ? Math.min(end, from + MESSAGES_SCANNED) : end;
	const rows = tx
		.sql<Row & { recipient: string; secondId: number | null }>(
			`SELECT ${ROW}, m.recipient, s.fallback_id AS secondId FROM message_states s JOIN messages m ON m.id = s.id
			  WHERE s.id >= @from AND s.id < @scannedTo AND (@state IS NULL OR s.state = @state OR (s.state = 1 AND @state = 0))
			    AND (@second IS NULL OR EXISTS (SELECT 1 FROM message_states f WHERE f.id = s.fallback_id
			         AND (f.state = @second OR (f.state = 1 AND @second = 0))))
			  ORDER BY s.id LIMIT @limit`,
		)
		.all({ from, scannedTo, state, second, limit: MESSAGES_A_PAGE });
	const seconds = secondsOf(
		tx,
		rows.flatMap(({ secondId }) => secondId ?? []),
	);
	const messages = rows.map(({ recipient, secondId, ...row }) => ({
		...shown(row),
		recipient: shownNumber(actor, recipient),
		second: (secondId !== null && seconds.get(secondId)) || null,
	}));
	const seenTo = messages.length === MESSAGES_A_PAGE ? messages.at(-1)!.id : scannedTo - 1;
	return { messages, nextAfter: seenTo < end - 1 ? seenTo : null };
}
