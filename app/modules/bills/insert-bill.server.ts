import type { Actor } from "#app/modules/access/actor.ts";
import type { Tx } from "#db/tx.ts";
import type { Bill } from "./bill.ts";

export type NewBill = Omit<
	Bill,
	"id" | "number" | "sellerId" | "cancelsNumber" | "cancelledById" | "cancelledByNumber"
>;

/**
 * Writes a bill under the seller's next number. Transactions that write come one after another and bills never go, so that the numbers
 * of a seller have no gap.
 */
export function insertBill(
	tx: Tx,
	{ userId, behindUserId, account }: Actor,
	bill: NewBill,
): { id: number; number: number } {
	const number = tx
		.sql("SELECT coalesce(max(number), 0) + 1 FROM bills WHERE account_id = ?")
		.pluck()
		.get(account.id) as number;
	const { lines, seller, buyer, balance, ...rest } = bill;
	const { lastInsertRowid } = tx
		.sql(
			`INSERT INTO bills (account_id, number, buyer_account_id, from_day, to_day, issued_at_utc, user_id, behind_user_id, seller, buyer, currency,
			                    sum_micros, total_micros, tax_micros, balance, cancels_id)
			 VALUES (@sellerId, @number, @buyerId, @fromDay, @toDay, @issuedAtUtc, @userId, @behindUserId, @seller, @buyer, @currency,
			         @sumMicros, @totalMicros, @taxMicros, @balance, @cancelsId)`,
		)
		.run({
			...{ ...rest, number, userId, behindUserId, sellerId: account.id },
			...{ seller: JSON.stringify(seller), buyer: JSON.stringify(buyer), balance: balance && JSON.stringify(balance) },
		});
	const id = Number(lastInsertRowid);
	const add = tx.sql(
		`INSERT INTO bill_lines (bill_id, line, account_id, channel, country, kind, quantity, amount_micros)
		 VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
	);
	for (const [at, { channel, country, kind, quantity, amountMicros }] of lines.entries())
		add.run(id, at + 1, account.id, channel, country, kind, quantity, amountMicros);
	return { id, number };
}
