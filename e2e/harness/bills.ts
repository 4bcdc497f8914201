import { inBooks } from "./books.ts";
import type { App } from "./start-app.ts";

const DAY = 20_400;

/** A bill of a month long over, as its seller would have issued it: real sending is of today, and today is not over. */
export function putBill(app: App, sellerId: number, buyerId: number): number {
	const seller = {
		...{ legalName: "Kyiv Mail LLC", address: "Хрещатик 22\n01001 Київ", taxId: "UA 12345678" },
		...{ payment: "IBAN UA21 3223 1300 0002 6007 2335 6600 1", taxRate: 2_000, note: "Дякуємо!" },
	};
	const buyer = { legalName: "شركة الكتب المحدودة", address: "12 Book St\nDubai", taxId: "100-200-300" };
	const moves = [
		{ kind: "top_up", micros: 100_000_000 },
		{ kind: "capture", micros: -44_443_200 },
		{ kind: "fee", micros: -5_000_000 },
	];
	const balance = { openingMicros: 12_500_000, closingMicros: 63_056_800, moves };
	const [row] = inBooks<{ id: number }>(
		app,
		`INSERT INTO bills (account_id, number, buyer_account_id, from_day, to_day, issued_at_utc, user_id, seller, buyer, currency, sum_micros,
		                    total_micros, tax_micros, balance)
		 VALUES (?, (SELECT coalesce(max(number), 0) + 1 FROM bills WHERE account_id = ?), ?, ?, ?, ?, 1, ?, ?, 'EUR', 49443200, 49440000, 8240000, ?)
		 RETURNING id`,
		...[sellerId, sellerId, buyerId, DAY, DAY + 29, (DAY + 30) * 86_400_000],
		...[JSON.stringify(seller), JSON.stringify(buyer), JSON.stringify(balance)],
	);
	const lines = [
		["viber", "UA", "text", 4_120, 41_200_000],
		["sms", "PL", "text", 386, 3_243_200],
		["", "", "fee", 0, 5_000_000],
	];
	for (const [at, line] of lines.entries())
		inBooks(app, "INSERT INTO bill_lines VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row!.id, at + 1, sellerId, ...line);
	return row!.id;
}
