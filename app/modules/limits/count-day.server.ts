import { localOf } from "#app/modules/campaigns/local-time.ts";
import type { Tx } from "#db/tx.ts";

/** Adds to what an account has spent and begun to send today, in the transaction that does it. */
export function countDay(tx: Tx, accountId: number, of: { micros: number; messages: number }, now = Date.now()): void {
	const { timeZone } = tx
		.sql<{ timeZone: string }>("SELECT time_zone AS timeZone FROM accounts WHERE id = ?")
		.get(accountId)!;
	tx.sql(
		`INSERT INTO account_days (account_id, day, spent_micros, messages) VALUES (@accountId, @day, @micros, @messages)
		 ON CONFLICT (account_id, day) DO UPDATE SET spent_micros = spent_micros + @micros, messages = messages + @messages`,
	).run({ accountId, day: localOf(now, timeZone).date, ...of });
}
