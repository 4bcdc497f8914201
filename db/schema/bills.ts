import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

/** What stands on bills about an account: as a buyer; and where it makes bills itself, how it is paid. */
export const billDetails = sqliteTable("bill_details", {
	accountId: integer("account_id").primaryKey(),
	legalName: text("legal_name").notNull(),
	address: text().notNull(),
	taxId: text("tax_id").notNull(),
	payment: text().notNull(),
	/** Hundredths of a percent that its prices have in them. */
	taxRate: integer("tax_rate").notNull(),
	note: text().notNull(),
});

/** Bills as they were issued: triggers refuse any change. Another one takes one back. */
export const bills = sqliteTable(
	"bills",
	{
		id: integer().primaryKey({ autoIncrement: true }),
		/** The seller. */
		accountId: integer("account_id").notNull(),
		/** 1, 2, 3 … of the seller, without a gap. */
		number: integer().notNull(),
		buyerAccountId: integer("buyer_account_id").notNull(),
		/** Days of money_days, both included. */
		fromDay: integer("from_day").notNull(),
		toDay: integer("to_day").notNull(),
		issuedAtUtc: integer("issued_at_utc").notNull(),
		userId: integer("user_id").notNull(),
		behindUserId: integer("behind_user_id"),
		/** SellerDetails and Party of app/modules/bills/bill.ts as JSON, as they were. */
		seller: text().notNull(),
		buyer: text().notNull(),
		currency: text().notNull(),
		/** Of its lines, exact; and rounded, and what of that is tax. */
		sumMicros: integer("sum_micros").notNull(),
		totalMicros: integer("total_micros").notNull(),
		taxMicros: integer("tax_micros").notNull(),
		/** BillBalance as JSON; null: of a dealer's. */
		balance: text(),
		/** The bill that it takes back. */
		cancelsId: integer("cancels_id"),
	},
	(t) => [
		uniqueIndex("bills_number").on(t.accountId, t.number),
		index("bills_seller").on(t.accountId, t.id),
		index("bills_buyer").on(t.buyerAccountId, t.id),
		uniqueIndex("bills_cancels").on(t.cancelsId).where(sql`cancels_id IS NOT NULL`),
		check("bills_period", sql`from_day <= to_day`),
	],
);

export const billLines = sqliteTable(
	"bill_lines",
	{
		billId: integer("bill_id").notNull(),
		/** From 1. */
		line: integer().notNull(),
		/** The seller. */
		accountId: integer("account_id").notNull(),
		channel: text({ enum: ["viber", "whatsapp", "sms", ""] }).notNull(),
		country: text().notNull(),
		kind: text().notNull(),
		quantity: integer().notNull(),
		amountMicros: integer("amount_micros").notNull(),
	},
	(t) => [primaryKey({ columns: [t.billId, t.line] })],
);
