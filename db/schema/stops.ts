import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

/**
 * Who must not be written to. The list of an account holds for it and its whole branch, so the root's is the platform's. An entry that
 * was taken back stays, as history; only those that were not count (`lifted_at_utc IS NULL`: each index is of one half).
 */
export const stops = sqliteTable(
	"stops",
	{
		/** Grows with time: a campaign remembers up to which entry of each list it has looked (`stop_watches`). */
		id: integer().primaryKey({ autoIncrement: true }),
		/** Whose list it is. */
		accountId: integer("account_id").notNull(),
		/** E.164 with the plus, or a platform identity. */
		recipient: text().notNull(),
		/** A channel; "": every one. */
		channel: text().notNull().default(""),
		/** Only from this sender of the channel; "": from every one. */
		sender: text().notNull().default(""),
		/** Number of CAUSES, where the person said so to a provider; null: added by hand. */
		cause: integer(),
		/** What was said when it was added by hand. */
		note: text().notNull().default(""),
		/** The message that the person answered so. */
		campaignId: integer("campaign_id"),
		messageId: integer("message_id"),
		/** Who added it; null: the system. */
		userId: integer("user_id"),
		createdAtUtc: integer("created_at_utc").notNull(),
		liftedAtUtc: integer("lifted_at_utc"),
		liftedByUserId: integer("lifted_by_user_id"),
	},
	(t) => [
		uniqueIndex("stops_living").on(t.recipient, t.accountId, t.channel, t.sender).where(sql`lifted_at_utc IS NULL`),
		index("stops_list").on(t.accountId, t.id).where(sql`lifted_at_utc IS NULL`),
		index("stops_lifted").on(t.accountId, t.recipient).where(sql`lifted_at_utc IS NOT NULL`),
	],
);

/**
 * Up to which entry of each list over it a campaign that is being sent has looked. No row: none of that list has been looked at. A
 * trigger takes the rows away when the campaign has ended.
 */
export const stopWatches = sqliteTable(
	"stop_watches",
	{
		campaignId: integer("campaign_id").notNull(),
		/** The campaign's. */
		accountId: integer("account_id").notNull(),
		/** The account whose list it is. */
		listId: integer("list_id").notNull(),
		seenId: integer("seen_id").notNull(),
	},
	(t) => [primaryKey({ columns: [t.campaignId, t.listId] })],
);
