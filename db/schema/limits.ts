import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

/** What an account pays by the month to the one directly above it: for itself, or for a sender name. Its amount never changes. */
export const fees = sqliteTable(
	"fees",
	{
		id: integer().primaryKey({ autoIncrement: true }),
		/** Who pays. */
		accountId: integer("account_id").notNull(),
		/** Who set it and is paid, for as long as it stands directly above. */
		sellerAccountId: integer("seller_account_id").notNull(),
		/** Of the sender name that it is for; "": for the account. */
		channel: text({ enum: ["", "viber", "whatsapp", "sms"] }).notNull(),
		sender: text().notNull(),
		amountMicros: integer("amount_micros").notNull(),
		/** "2026-11", as all months here: by the clock of `timeZone`, the payer's when it was set. */
		fromMonth: text("from_month").notNull(),
		/** The last that is charged; null: until somebody ends it. Before fromMonth: none ever was. */
		lastMonth: text("last_month"),
		/** The first that has not been charged. */
		nextMonth: text("next_month").notNull(),
		timeZone: text("time_zone").notNull(),
		/** Unix ms at which it is looked at next; null: it is over. */
		tryAtUtc: integer("try_at_utc"),
		/** Since when the balance has not covered nextMonth; null: it is not due, or not tried yet. */
		unpaidSinceUtc: integer("unpaid_since_utc"),
		/** As typed; the payer reads it. */
		note: text().notNull(),
		/** Of the form that set it: sent twice, it sets one. */
		formKey: text("form_key").notNull(),
		userId: integer("user_id").notNull(),
		createdAtUtc: integer("created_at_utc").notNull(),
	},
	(t) => [
		index("fees_account").on(t.accountId, t.id),
		uniqueIndex("fees_form").on(t.accountId, t.formKey),
		index("fees_due").on(t.tryAtUtc).where(sql`try_at_utc IS NOT NULL`),
		check("fees_amount", sql`amount_micros > 0`),
	],
);

/** Each month that was charged of a fee, once, with the transfer that did it. */
export const feeMonths = sqliteTable(
	"fee_months",
	{
		feeId: integer("fee_id").notNull(),
		month: text().notNull(),
		/** Who paid. */
		accountId: integer("account_id").notNull(),
		transferId: integer("transfer_id").notNull(),
		amountMicros: integer("amount_micros").notNull(),
	},
	(t) => [primaryKey({ columns: [t.feeId, t.month] }), uniqueIndex("fee_months_transfer").on(t.transferId)],
);

/** What bounds an account's sending. No row: nothing of its own, the platform's brake counts. */
export const accountLimits = sqliteTable("account_limits", {
	accountId: integer("account_id").primaryKey(),
	/** What may be spent in a day of the account's zone, set by those above and by itself: the lower one counts. Null: no limit. */
	capMicros: integer("cap_micros"),
	ownCapMicros: integer("own_cap_micros"),
	/** Of the brake on a sudden volume; null: as the platform has it (app/modules/limits/brake.ts). */
	isBrakeOff: integer("is_brake_off", { mode: "boolean" }).notNull().default(false),
	brakeFactor: integer("brake_factor"),
	brakeFloor: integer("brake_floor"),
	brakeFirstDays: integer("brake_first_days"),
	/** Raised by each change, so that of two who edit at once the second is told. */
	version: integer().notNull().default(1),
});

/** What an account has spent and begun to send on a day of its zone: raised with each campaign that is held for and each fee. */
export const accountDays = sqliteTable(
	"account_days",
	{
		accountId: integer("account_id").notNull(),
		/** "2026-11-21" */
		day: text().notNull(),
		/** Held for campaigns when they began, and fees. What is given back later is not taken off. */
		spentMicros: integer("spent_micros").notNull().default(0),
		/** People of the campaigns that began. */
		messages: integer().notNull().default(0),
	},
	(t) => [primaryKey({ columns: [t.accountId, t.day] })],
);

/** Campaigns that the brake has stopped, and what somebody above has decided about each. */
export const limitWaits = sqliteTable(
	"limit_waits",
	{
		campaignId: integer("campaign_id").primaryKey(),
		accountId: integer("account_id").notNull(),
		/** Messages it would have begun, those of that day before it, and how many the day allowed. */
		people: integer().notNull(),
		dayMessages: integer("day_messages").notNull(),
		allowed: integer().notNull(),
		atUtc: integer("at_utc").notNull(),
		/** Null: nobody yet. */
		decision: text({ enum: ["released", "kept"] }),
	},
	(t) => [index("limit_waits_open").on(t.campaignId).where(sql`decision IS NULL`)],
);
