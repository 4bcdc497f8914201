import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

/**
 * The cold half of a message: written once, when the audience is frozen, in the order of the recipients, so that the
 * unique index is only ever appended to. No account column: a campaign's contiguous id range is its scope, and only
 * app/modules/messages reads this table.
 */
export const messages = sqliteTable(
	"messages",
	{
		id: integer().primaryKey(),
		campaignId: integer("campaign_id").notNull(),
		contactId: integer("contact_id").notNull(),
		/** E.164 with the plus, or a platform identity. */
		recipient: text().notNull(),
		/** Of a second leg: the message of the first that this one stands in for. */
		firstLegId: integer("first_leg_id"),
	},
	(t) => [uniqueIndex("messages_recipient").on(t.campaignId, t.recipient)],
);

/**
 * The hot half, same id: small integers only and no index that moves with them, because on LiteFS each touched page costs
 * (docs/decisions/004). Times are unix seconds.
 */
export const messageStates = sqliteTable("message_states", {
	id: integer().primaryKey(),
	/** MESSAGE_STATE in app/modules/messages/message-state.ts: the integer is the rank. */
	state: integer().notNull(),
	/** Part of the id that the provider knows the message by; raised only when another provider tries. */
	attempt: integer().notNull(),
	providerId: integer("provider_id"),
	cause: integer(),
	handedAt: integer("handed_at"),
	sentAt: integer("sent_at"),
	deliveredAt: integer("delivered_at"),
	readAt: integer("read_at"),
	/** The second leg's message to the same person, once there is one. Near the end: where it is null it takes no room. */
	fallbackId: integer("fallback_id"),
	/** Of `price_classes`: what it costs at each tier. Null: nothing, or its first leg's message says so. */
	priceClass: integer("price_class"),
	/** CHARGE of app/modules/charging/charge.ts: whether that is held, captured or released. */
	charge: integer(),
});

/**
 * Contiguous ranges of messages that are being handed over: a message is claimed or unknown exactly while one row here
 * covers it. A batch begins as one row; when some of it is settled, its row gives way to rows for what is not. What a dead
 * process left is settled from the wire (recover-claims.server.ts).
 */
export const claims = sqliteTable(
	"claims",
	{
		/** The id of the batch in the wire: made by the claimer, never used again (jobs/wire/batch-id.ts). */
		batchId: integer("batch_id").notNull(),
		firstMessageId: integer("first_message_id").notNull(),
		messageCount: integer("message_count").notNull(),
		campaignId: integer("campaign_id").notNull(),
		providerId: integer("provider_id").notNull(),
		/** Boot id of the sidecar that makes the calls; null once the calls are over and only questions are left. */
		owner: text(),
		claimedAtUtc: integer("claimed_at_utc").notNull(),
		/** When to ask the provider about what is unknown, and how often that has been done; unix ms. */
		askAtUtc: integer("ask_at_utc"),
		asked: integer().notNull().default(0),
	},
	(t) => [primaryKey({ columns: [t.batchId, t.firstMessageId] }), index("claims_campaign").on(t.campaignId)],
);
