import { wirePool } from "./pool.ts";

/** A message as its provider names it. */
export interface OwnId {
	providerId: number;
	providerMessageId: string;
}

/** Key of what `findMessageIds` finds. */
export function ownIdKey({ providerId, providerMessageId }: OwnId): string {
	return `${providerId}:${providerMessageId}`;
}

/**
 * Which of our messages the providers' own ids are, by `ownIdKey`: one query, however many are asked for. Of an id that a provider
 * has used again after days, the newest. Ids that are not known (yet) are left out.
 */
export async function findMessageIds(asked: OwnId[]): Promise<Map<string, { messageId: number; attempt: number }>> {
	if (asked.length === 0) return new Map();
	const { rows } = await wirePool().query<OwnId & { messageId: number; attempt: number }>({
		name: "find-message-ids",
		// Side by side, so that each id is looked up in the newest day first and no further than it has to be.
		text: `SELECT a.provider_id AS "providerId", a.id AS "providerMessageId", m.message_id AS "messageId", m.attempt
		       FROM unnest($1::int[], $2::text[]) AS a (provider_id, id)
		       CROSS JOIN LATERAL (
		         SELECT message_id, attempt FROM wire.message_ids
		         WHERE provider_id = a.provider_id AND provider_message_id = a.id ORDER BY at DESC LIMIT 1) AS m`,
		values: [asked.map((one) => one.providerId), asked.map((one) => one.providerMessageId)],
	});
	return new Map(rows.map((row) => [ownIdKey(row), { messageId: row.messageId, attempt: row.attempt }]));
}
