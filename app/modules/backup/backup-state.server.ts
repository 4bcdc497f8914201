import { env } from "#app/lib/env.ts";
import type { Tx } from "#db/tx.ts";

/** How the regular backups stand. Times are Unix ms. */
export interface BackupState {
	lastGood: { atUtc: number; node: string; path: string; bytes: number; tookMs: number } | null;
	/** What went wrong since; null: nothing. */
	failure: { sinceUtc: number; atUtc: number; toldAtUtc: number; node: string; error: string } | null;
}

const KEY = "backup_state";

export function readBackupState(tx: Tx): BackupState {
	const row = tx.sql<{ value: string }>("SELECT value FROM settings WHERE key = ?").get(KEY);
	return row ? (JSON.parse(row.value) as BackupState) : { lastGood: null, failure: null };
}

export function writeBackupState(tx: Tx, state: BackupState): void {
	tx.sql("INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value").run(
		KEY,
		JSON.stringify(state),
	);
}

/** A backup lies where the regular ones do, whoever asked for it: the next is due a whole time later. */
export function noteGoodBackup(tx: Tx, made: { atUtc: number; path: string; bytes: number; tookMs: number }): void {
	writeBackupState(tx, { lastGood: { ...made, node: env().NODE_NAME }, failure: null });
}
