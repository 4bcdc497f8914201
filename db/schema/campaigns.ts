import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

export const collections = sqliteTable(
	"collections",
	{
		id: integer().primaryKey({ autoIncrement: true }),
		accountId: integer("account_id").notNull(),
		/** one_off: the audience of a single campaign, pasted or uploaded with it. */
		kind: text({ enum: ["list", "one_off"] }).notNull(),
		/** The file's name; empty for pasted text. */
		name: text().notNull(),
		/** ISO 3166: what numbers without a country code are read as. */
		country: text().notNull(),
		state: text({ enum: ["reading", "ready", "failed"] }).notNull(),
		/** i18n key of what went wrong, when failed. */
		failure: text(),
		/** What it is read from, in the wire's store: a file's bytes, or pasted text as UTF-8. A file's go some time after it was read. */
		uploadId: text("upload_id"),
		sizeBytes: integer("size_bytes").notNull().default(0),
		readBytes: integer("read_bytes").notNull().default(0),
		readLines: integer("read_lines").notNull().default(0),
		validCount: integer("valid_count").notNull().default(0),
		duplicateCount: integer("duplicate_count").notNull().default(0),
		badCount: integer("bad_count").notNull().default(0),
		createdAtUtc: integer("created_at_utc").notNull(),
	},
	(t) => [
		index("collections_account").on(t.accountId, t.id),
		index("collections_created").on(t.createdAtUtc),
		index("collections_upload").on(t.uploadId),
	],
);

/** A person. The phone is not the key: some platforms give an identity and no phone. */
export const contacts = sqliteTable(
	"contacts",
	{
		id: integer().primaryKey(),
		accountId: integer("account_id").notNull(),
		collectionId: integer("collection_id").notNull(),
		/** E.164 with the plus. */
		phone: text(),
		/** A platform's own id of the person, e.g. WhatsApp's business-scoped user id. */
		identity: text(),
		/** ISO 3166 code of the phone (countryOfNumber); "": none has its calling code. */
		country: text().notNull().default(""),
	},
	(t) => [uniqueIndex("contacts_phone").on(t.collectionId, t.phone)],
);

/** How many of a collection's contacts are of each country: what a forecast of the price reads. Counted with each slice that is read. */
export const collectionCountries = sqliteTable(
	"collection_countries",
	{
		collectionId: integer("collection_id").notNull(),
		accountId: integer("account_id").notNull(),
		country: text().notNull(),
		contacts: integer().notNull(),
	},
	(t) => [primaryKey({ columns: [t.collectionId, t.country] })],
);

/** Lines of an audience that became no contact: duplicates and bad numbers, each with its reason. */
export const contactRejects = sqliteTable(
	"contact_rejects",
	{
		collectionId: integer("collection_id").notNull(),
		accountId: integer("account_id").notNull(),
		/** Counted from 1 in the text as it came. */
		line: integer().notNull(),
		/** Which number of its line, counted from 1: pasted text has several a line. */
		cell: integer().notNull(),
		/** As typed, cut to 100 characters. */
		typed: text().notNull(),
		reason: text({
			enum: [
				"duplicate",
				"empty",
				"no_digits",
				"too_short",
				"too_long",
				"bad_country",
				"not_a_number",
				"damaged_by_excel",
				"no_such_number",
			],
		}).notNull(),
	},
	(t) => [primaryKey({ columns: [t.collectionId, t.line, t.cell] })],
);

export const campaigns = sqliteTable(
	"campaigns",
	{
		id: integer().primaryKey({ autoIncrement: true }),
		accountId: integer("account_id").notNull(),
		userId: integer("user_id").notNull(),
		/** The account's path when the campaign was started: in whose branch it counts, once and for ever. Null before. */
		branchPath: text("branch_path"),
		name: text().notNull(),
		channel: text({ enum: ["viber", "whatsapp", "sms"] }).notNull(),
		sender: text().notNull(),
		text: text().notNull(),
		collectionId: integer("collection_id").notNull(),
		state: text({
			enum: ["draft", "scheduled", "preparing", "sending", "paused", "done", "cancelled", "failed"],
		}).notNull(),
		/** What "paused" goes back to, and what a system pause or failure was for (a cause key). */
		pausedFrom: text("paused_from", { enum: ["scheduled", "preparing", "sending"] }),
		cause: text(),
		/** Unix ms; null: as soon as it is started. */
		startAtUtc: integer("start_at_utc"),
		/**
		 * Of a second leg: the campaign whose people get this one where that one does not reach them. Never shown by itself; its state is
		 * the first leg's (a trigger of the books keeps them alike).
		 */
		fallbackOf: integer("fallback_of"),
		/** Where the balance is short when it begins, it goes to as many as that covers; else it does not begin. */
		coverOnly: integer("cover_only", { mode: "boolean" }).notNull().default(false),
		/** Made by the form; a form that is sent twice finds the campaign that it made. */
		formKey: text("form_key").notNull(),
		/** Raised by every change: a stale page's button is refused with what has changed. */
		version: integer().notNull().default(1),
		/** The campaign's messages have the ids firstMessageId … firstMessageId + messageCount - 1. Null before preparing. */
		firstMessageId: integer("first_message_id"),
		messageCount: integer("message_count").notNull().default(0),
		createdAtUtc: integer("created_at_utc").notNull(),
		startedAtUtc: integer("started_at_utc"),
		finishedAtUtc: integer("finished_at_utc"),
	},
	(t) => [
		uniqueIndex("campaigns_form_key").on(t.accountId, t.formKey),
		index("campaigns_account").on(t.accountId, t.id),
		index("campaigns_account_state").on(t.accountId, t.state, t.id),
		index("campaigns_state").on(t.state, t.startAtUtc),
		index("campaigns_branch").on(t.branchPath, t.id),
		index("campaigns_first_message").on(t.firstMessageId),
		index("campaigns_collection").on(t.accountId, t.collectionId),
		uniqueIndex("campaigns_fallback_of").on(t.fallbackOf),
	],
);

/** When a campaign's people get its second leg, and how the two legs met. Keyed by the first leg. */
export const fallbacks = sqliteTable("fallbacks", {
	campaignId: integer("campaign_id").primaryKey(),
	accountId: integer("account_id").notNull(),
	/** The second leg. */
	secondId: integer("second_id").notNull(),
	/** Not delivered so long after it was handed over; null: time alone does not matter. */
	afterSeconds: integer("after_seconds"),
	/** FALLBACK_REASONS of app/modules/fallback/fallback-rule.ts, as a JSON list. */
	reasons: text().notNull(),
	/** Everything that could still be heard of the first leg has been, and its people were looked through since. */
	isDrained: integer("is_drained", { mode: "boolean" }).notNull().default(false),
	/** People whose first message was delivered after the second had left. */
	late: integer().notNull().default(0),
	/** People to whom both were delivered. */
	both: integer().notNull().default(0),
});

/**
 * Stretches of a first leg's messages in which somebody may still need the second leg, each with the moment (unix seconds) at which it
 * is to be looked through. None left: nobody does.
 */
export const fallbackLooks = sqliteTable(
	"fallback_looks",
	{
		campaignId: integer("campaign_id").notNull(),
		accountId: integer("account_id").notNull(),
		firstMessageId: integer("first_message_id").notNull(),
		lookAt: integer("look_at").notNull(),
	},
	(t) => [
		primaryKey({ columns: [t.campaignId, t.firstMessageId] }),
		index("fallback_looks_due").on(t.campaignId, t.lookAt),
	],
);

/** How many of a campaign's messages are in each state. Changed once a batch, equal to a recount at every commit. */
export const campaignCounters = sqliteTable("campaign_counters", {
	campaignId: integer("campaign_id").primaryKey(),
	accountId: integer("account_id").notNull(),
	queued: integer().notNull().default(0),
	claimed: integer().notNull().default(0),
	handedOver: integer("handed_over").notNull().default(0),
	unknown: integer().notNull().default(0),
	sent: integer().notNull().default(0),
	cancelled: integer().notNull().default(0),
	rejected: integer().notNull().default(0),
	failed: integer().notNull().default(0),
	expired: integer().notNull().default(0),
	delivered: integer().notNull().default(0),
	read: integer().notNull().default(0),
});

/** Why messages of a campaign did not arrive: cause (app/modules/messages/causes.ts) → how many now have it. */
export const campaignCauses = sqliteTable(
	"campaign_causes",
	{
		campaignId: integer("campaign_id").notNull(),
		accountId: integer("account_id").notNull(),
		cause: integer().notNull(),
		messages: integer().notNull(),
	},
	(t) => [primaryKey({ columns: [t.campaignId, t.cause] })],
);
