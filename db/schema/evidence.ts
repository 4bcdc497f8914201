import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/**
 * Campaigns that have begun to be sent and of whose messages some may never be reported on: when each is looked through for them next.
 * The row goes once nothing of an ended campaign is on its way any more.
 */
export const receiptWaits = sqliteTable(
	"receipt_waits",
	{
		campaignId: integer("campaign_id").primaryKey(),
		accountId: integer("account_id").notNull(),
		/** Unix ms. */
		dueAtUtc: integer("due_at_utc").notNull(),
	},
	(t) => [index("receipt_waits_due").on(t.dueAtUtc)],
);

/** A nightly recount of all campaigns' counters: how far it has come, and what it came to. One runs at a time. */
export const recounts = sqliteTable("recounts", {
	id: integer().primaryKey({ autoIncrement: true }),
	startedAtUtc: integer("started_at_utc").notNull(),
	/** Null while it runs. */
	finishedAtUtc: integer("finished_at_utc"),
	/** The campaign that was counted last: a run that was killed goes on behind it. */
	lastCampaignId: integer("last_campaign_id").notNull().default(0),
	campaigns: integer().notNull().default(0),
	messages: integer().notNull().default(0),
	differences: integer().notNull().default(0),
});

/** A figure of a campaign that a recount found to be another than the counter says. */
export const countDifferences = sqliteTable(
	"count_differences",
	{
		recountId: integer("recount_id").notNull(),
		campaignId: integer("campaign_id").notNull(),
		accountId: integer("account_id").notNull(),
		/** "delivered": a state's counter; "cause 5": a cause's. */
		figure: text().notNull(),
		kept: integer().notNull(),
		counted: integer().notNull(),
	},
	(t) => [primaryKey({ columns: [t.recountId, t.campaignId, t.figure] })],
);
