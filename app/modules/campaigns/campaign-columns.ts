/** The columns of `campaigns c` that make a Campaign. */
export const CAMPAIGN_COLUMNS = `c.id, c.account_id AS accountId, c.name, c.channel, c.sender, c.text,
	c.collection_id AS collectionId, c.state, c.paused_from AS pausedFrom, c.cause, c.start_at_utc AS startAtUtc, c.version,
	c.first_message_id AS firstMessageId, c.message_count AS messageCount, c.created_at_utc AS createdAtUtc,
	c.started_at_utc AS startedAtUtc, c.finished_at_utc AS finishedAtUtc`;
