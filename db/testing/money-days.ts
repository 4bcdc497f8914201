import type { DayRow } from "#app/modules/ledger/money-day.ts";
import { inTx } from "#db/tx.ts";

/** Writes day totals as charges of that day would have left them, each also into the one over all payers. */
export async function putDays(
	rows: (Partial<DayRow> & { accountId: number; childId: number; day: number })[],
): Promise<void> {
	const base = { channel: "viber", country: "UA", kind: "text", messages: 1, revenueMicros: 0, costMicros: 0 };
	await inTx((tx) => {
		const add = tx.sql(
			`INSERT INTO money_days (account_id, child_id, day, channel, country, kind, messages, revenue_micros, cost_micros)
			 VALUES (@accountId, @childId, @day, @channel, @country, @kind, @messages, @revenueMicros, @costMicros)
			 ON CONFLICT DO UPDATE SET messages = messages + excluded.messages, revenue_micros = revenue_micros + excluded.revenue_micros,
			   cost_micros = cost_micros + excluded.cost_micros`,
		);
		for (const row of rows) {
			add.run({ ...base, ...row });
			add.run({ ...base, ...row, childId: 0, country: "", kind: "" });
		}
	});
}
