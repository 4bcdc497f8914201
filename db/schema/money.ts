import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

/**
 * What an account has, each kind of money a book. The database keeps the limits: `available` never falls below minus the credit limit,
 * `held` never below zero, `owed` is never above it. Its balance is the sum of its postings (`prove` counts), and changes with them only.
 */
export const ledgerBooks = sqliteTable(
	"ledger_books",
	{
		id: integer().primaryKey(),
		accountId: integer("account_id").notNull(),
		/**
		 * available: to be spent. held: for messages that are not charged yet. owed: charges that the balance did not cover (a late success
		 * after the release, a refund taken back from a dealer); paid first by whatever comes in. Of the root alone: outside, what came in from
		 * beyond the installation, below zero; costs, what providers took, below zero; providers, what they are owed for it.
		 */
		kind: text({ enum: ["available", "held", "owed", "outside", "costs", "providers"] }).notNull(),
		balanceMicros: integer("balance_micros").notNull().default(0),
		/** How far `available` may be below zero. */
		creditMicros: integer("credit_micros").notNull().default(0),
		/** Of `available`: its people are told when less than this can be spent; null: they are not. */
		lowMicros: integer("low_micros"),
		/** They were told of this fall; false again once it has risen. */
		isLow: integer("is_low", { mode: "boolean" }).notNull().default(false),
	},
	(t) => [
		uniqueIndex("ledger_books_account").on(t.accountId, t.kind),
		index("ledger_books_credit").on(t.accountId).where(sql`credit_micros > 0`),
		// The few that have fallen or risen since they were looked at: a posting costs a comparison, and the job reads nobody else's.
		index("ledger_books_fallen").on(t.accountId).where(sql`is_low = 0 AND low_micros > balance_micros + credit_micros`),
		index("ledger_books_risen").on(t.accountId).where(sql`is_low = 1 AND low_micros <= balance_micros + credit_micros`),
		check("ledger_books_limit", sql`kind NOT IN ('available', 'held') OR balance_micros >= -credit_micros`),
		check("ledger_books_owed", sql`kind <> 'owed' OR balance_micros <= 0`),
		check("ledger_books_credit", sql`credit_micros >= 0 AND (credit_micros = 0 OR kind = 'available')`),
		check("ledger_books_exact", sql`abs(balance_micros) <= 9007199254740991`),
	],
);

/** One movement of money, written once: triggers refuse any change. Its postings sum to zero. */
export const transfers = sqliteTable(
	"transfers",
	{
		/** Rises with the time. */
		id: integer().primaryKey({ autoIncrement: true }),
		/** Whose money it is about: the account below, where there are two. */
		accountId: integer("account_id").notNull(),
		/** TRANSFER_KINDS of app/modules/ledger/transfer.ts. */
		kind: text().notNull(),
		/** Of the operation that it was made by: the same key with another input is refused, with the same input it is found again. */
		opId: text("op_id").notNull(),
		opHash: text("op_hash").notNull(),
		/** Who did it and for which account; null: the system. */
		userId: integer("user_id"),
		behindUserId: integer("behind_user_id"),
		actorAccountId: integer("actor_account_id"),
		/** As typed. */
		note: text().notNull().default(""),
		/** Of a movement for messages: how many of which price class. */
		campaignId: integer("campaign_id"),
		priceClass: integer("price_class"),
		quantity: integer(),
		/** Whether they are of the campaign's second leg. Null also for charges from before this was written down. */
		secondLeg: integer("second_leg", { mode: "boolean" }),
		/** Unix ms, never before the transfer before it. */
		atUtc: integer("at_utc").notNull(),
	},
	(t) => [
		uniqueIndex("transfers_op").on(t.opId),
		index("transfers_at").on(t.atUtc),
		index("transfers_campaign").on(t.campaignId, t.priceClass).where(sql`campaign_id IS NOT NULL`),
	],
);

/** A transfer's part in one book; clustered by book, so that a statement is one stretch. Triggers refuse any change. */
export const postings = sqliteTable(
	"postings",
	{
		bookId: integer("book_id").notNull(),
		transferId: integer("transfer_id").notNull(),
		accountId: integer("account_id").notNull(),
		amountMicros: integer("amount_micros").notNull(),
		/** Of the book, after this posting. */
		balanceMicros: integer("balance_micros").notNull(),
	},
	(t) => [primaryKey({ columns: [t.bookId, t.transferId] }), index("postings_transfer").on(t.transferId)],
);

/**
 * What each account got of those below it and paid to the one above, by day of UTC: counted in the transaction that makes the transfer, at
 * the prices and under the dealers that the campaign began with, so that nothing that is moved later changes them. Clustered by account and
 * child: a period is one stretch. `prove` recounts them.
 */
export const moneyDays = sqliteTable(
	"money_days",
	{
		accountId: integer("account_id").notNull(),
		/** Who pays: an account directly below it, or itself for what it sends itself; 0: all of them together, then country and kind are "". */
		childId: integer("child_id").notNull(),
		/** Days since 1970-01-01, UTC: of the transfer. */
		day: integer().notNull(),
		/** "": fees. */
		channel: text({ enum: ["viber", "whatsapp", "sms", ""] }).notNull(),
		country: text().notNull(),
		/** ContentKind of app/channels/channel.ts; "fee". */
		kind: text().notNull(),
		/** Charged, less those given back: of a day on which more came back than went out it is below zero, as are the sums. */
		messages: integer().notNull(),
		revenueMicros: integer("revenue_micros").notNull(),
		costMicros: integer("cost_micros").notNull(),
	},
	(t) => [
		primaryKey({ columns: [t.accountId, t.childId, t.day, t.channel, t.country, t.kind] }),
		// For the proof, which goes through them by day.
		index("money_days_day").on(t.day),
	],
);

/**
 * What an account takes of those directly below it for one message (SMS: for one part). Of several that match, the one for the
 * buyer alone counts, then the one that names the country, then the kind, then the latest that has begun. A changed price is a new row.
 */
export const prices = sqliteTable(
	"prices",
	{
		id: integer().primaryKey({ autoIncrement: true }),
		/** Who sells: the account directly above the buyer. */
		accountId: integer("account_id").notNull(),
		/** Who buys; 0: everybody directly below. */
		buyerAccountId: integer("buyer_account_id").notNull(),
		channel: text({ enum: ["viber", "whatsapp", "sms"] }).notNull(),
		/** ISO 3166 code; "": any. */
		country: text().notNull().default(""),
		/** ContentKind of app/channels/channel.ts; "": any. */
		kind: text().notNull().default(""),
		/** Null: this line is taken back from here on, and the next less specific one counts. */
		unitMicros: integer("unit_micros"),
		fromUtc: integer("from_utc").notNull(),
		createdAtUtc: integer("created_at_utc").notNull(),
		userId: integer("user_id"),
	},
	(t) => [
		uniqueIndex("prices_for").on(t.accountId, t.buyerAccountId, t.channel, t.country, t.kind, t.fromUtc),
		index("prices_buyer").on(t.buyerAccountId, t.channel),
		check("prices_unit", sql`unit_micros IS NULL OR unit_micros >= 0`),
	],
);

/** When a channel's messages are charged, for the whole installation: all tiers of a message move in one transfer. */
export const chargeTerms = sqliteTable("charge_terms", {
	channel: text({ enum: ["viber", "whatsapp", "sms"] }).primaryKey(),
	/** The root. */
	accountId: integer("account_id").notNull(),
	chargeOn: text("charge_on", { enum: ["accepted", "delivered"] }).notNull(),
	/** What was charged when it was accepted and then failed, expired or was rejected is given back. */
	refunds: integer({ mode: "boolean" }).notNull(),
});

/**
 * Messages of a campaign that cost the same at every tier, with the prices that the campaign began with. The counts say how many of its
 * messages are in each state of charge (CHARGE of app/modules/charging/charge.ts): equal to a recount at every commit.
 */
export const priceClasses = sqliteTable(
	"price_classes",
	{
		campaignId: integer("campaign_id").notNull(),
		/** From 1. */
		class: integer().notNull(),
		accountId: integer("account_id").notNull(),
		country: text().notNull(),
		kind: text().notNull(),
		chargeOn: text("charge_on", { enum: ["accepted", "delivered"] }).notNull(),
		refunds: integer({ mode: "boolean" }).notNull(),
		/** Tier[] of app/modules/charging/tiers.ts as JSON: who pays how much for one message, the campaign's own account first. */
		tiers: text().notNull(),
		/** The same for the second leg's message, where there is one: one of the two is charged. */
		secondTiers: text("second_tiers"),
		/** How many SMS one message of each leg goes as, which a provider's cost is counted by; else 1. The tiers are of the whole message. */
		parts: integer().notNull().default(1),
		secondParts: integer("second_parts").notNull().default(1),
		/** Held for people who have no message yet: the audience is still being frozen. */
		awaited: integer().notNull().default(0),
		held: integer().notNull().default(0),
		captured: integer().notNull().default(0),
		/** By the second leg's delivery. */
		capturedSecond: integer("captured_second").notNull().default(0),
		released: integer().notNull().default(0),
		refunded: integer().notNull().default(0),
		/** Transfers made for it: the number of the next is part of its key. */
		transfers: integer().notNull().default(0),
	},
	(t) => [
		primaryKey({ columns: [t.campaignId, t.class] }),
		// Of all campaigns that there ever were, the few for which something is held. The condition is the readers', word for word.
		index("price_classes_held").on(t.campaignId).where(sql`awaited + held > 0`),
	],
);

/** Each proof of the ledger that was made to its end, and what it came to. */
export const ledgerProofs = sqliteTable("ledger_proofs", {
	id: integer().primaryKey({ autoIncrement: true }),
	startedAtUtc: integer("started_at_utc").notNull(),
	finishedAtUtc: integer("finished_at_utc").notNull(),
	transfers: integer().notNull(),
	books: integer().notNull(),
	differences: integer().notNull(),
	/** The first of them, Difference[] of app/modules/ledger/difference.ts as JSON. */
	found: text().notNull(),
});

/**
 * Campaigns of two legs that have ended and whose people are to be gone through once: what is held for those whom nothing more can reach
 * is given back. How far that has come.
 */
export const chargeReleases = sqliteTable("charge_releases", {
	campaignId: integer("campaign_id").primaryKey(),
	accountId: integer("account_id").notNull(),
	nextMessageId: integer("next_message_id").notNull(),
});
