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
