import type { OwnId } from "./find-message-ids.ts";
import { wirePool } from "./pool.ts";

/** A signed id of a callback, and the message that the callback speaks of. */
export interface SignedEvent extends OwnId {
	eventId: string;
}

export function eventKey({ providerId, eventId }: Pick<SignedEvent, "providerId" | "eventId">): string {
	return `${providerId}:${eventId}`;
}

/**
 * Binds each signed id to the message that it speaks of first, and says by `eventKey` which message each is bound to: one statement
 * for all. For one caller at a time.
 */
export async function bindEvents(events: SignedEvent[]): Promise<Map<string, string>> {
	if (events.length === 0) return new Map();
	const { rows } = await wirePool().query<SignedEvent>({
		name: "bind-events",
		text: `WITH told AS (
		         SELECT DISTINCT ON (provider_id, event_id) provider_id, event_id, message
		         FROM unnest($1::int[], $2::text[], $3::text[]) WITH ORDINALITY AS t (provider_id, event_id, message, n)
		         ORDER BY provider_id, event_id, n
		       ), bound AS (
		         SELECT t.provider_id, t.event_id, t.message, b.provider_message_id FROM told t LEFT JOIN LATERAL (
		           SELECT provider_message_id FROM wire.signed_events
		           WHERE provider_id = t.provider_id AND event_id = t.event_id ORDER BY at DESC LIMIT 1) AS b ON true
		       ), fresh AS (
		         INSERT INTO wire.signed_events (provider_id, event_id, provider_message_id)
		         SELECT provider_id, event_id, message FROM bound WHERE provider_message_id IS NULL
		       )
		       SELECT provider_id AS "providerId", event_id AS "eventId", coalesce(provider_message_id, message) AS "providerMessageId"
		       FROM bound`,
		values: [
			events.map((one) => one.providerId),
			events.map((one) => one.eventId),
			events.map((one) => one.providerMessageId),
		],
	});
	return new Map(rows.map((row) => [eventKey(row), row.providerMessageId]));
}
