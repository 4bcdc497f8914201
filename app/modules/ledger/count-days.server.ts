import type { Tx } from "#db/tx.ts";
import { type DayRow, dayOf } from "./money-day.ts";

type Counted = DayRow & { day: number };

const ADD = `INSERT INTO money_days (account_id, child_id, day, channel, country, kind, messages, revenue_micros, cost_micros)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
	ON CONFLICT DO UPDATE SET messages = messages + excluded.messages, revenue_micros = revenue_micros + excluded.revenue_micros,
	  cost_micros = cost_micros + excluded.cost_micros`;

/**
 * Gathers what a transaction's transfers bring and take by day, and adds it to the day totals at its end: one row for whoever pays, and
 * one over all of them (child 0), which pages of a long time read. `prove` recounts both from the transfers.
 */
export class DayCounts {
	private readonly tx: Tx;
	private readonly byKey = new Map<string, Counted>();

	constructor(tx: Tx) {
		this.tx = tx;
	}

	/** What a transfer of this transaction comes to. */
	add(transferId: number, rows: readonly DayRow[]): void {
		if (rows.length === 0) return;
		const day = this.dayOfTransfer(transferId);
		for (const row of rows) {
			this.gather({ ...row, day });
			this.gather({ ...row, day, childId: 0, country: "", kind: "" });
		}
	}

	write(): void {
		for (const row of this.byKey.values()) {
			const { accountId, childId, day, channel, country, kind, messages, revenueMicros, costMicros } = row;
			this.tx.sql(ADD).run(accountId, childId, day, channel, country, kind, messages, revenueMicros, costMicros);
		}
		this.byKey.clear();
	}

	/** The transfer's own day: its time is never before that of the one before it, also where the clock is. */
	private dayOfTransfer(transferId: number): number {
		return dayOf(this.tx.sql<number>("SELECT at_utc FROM transfers WHERE id = ?").pluck().get(transferId) as number);
	}

	private gather(row: Counted): void {
		const key = `${row.accountId} ${row.childId} ${row.day} ${row.channel} ${row.country} ${row.kind}`;
		const kept = this.byKey.get(key);
		if (!kept) {
			this.byKey.set(key, row);
			return;
		}
		kept.messages += row.messages;
		kept.revenueMicros += row.revenueMicros;
		kept.costMicros += row.costMicros;
	}
}
