import type { Tx } from "#db/tx.ts";

const KEY = "demo";

/** Whether these books hold the demo: accounts whose passwords everybody knows. */
export function demoMark(tx: Tx): boolean {
	return tx.sql("SELECT 1 FROM settings WHERE key = ?").get(KEY) !== undefined;
}

export function setDemoMark(tx: Tx): void {
	tx.sql("INSERT INTO settings (key, value) VALUES (?, '1') ON CONFLICT DO NOTHING").run(KEY);
}
