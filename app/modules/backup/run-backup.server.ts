import { fork } from "node:child_process";
import { z } from "zod";
import { env } from "#app/lib/env.ts";
import { log } from "#app/lib/log.ts";
import { setWireMark } from "#app/modules/delivery/wire-mark.server.ts";
import { putBackupFailed } from "#app/modules/notices/put-backup-failed.server.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { noteGoodBackup, readBackupState, writeBackupState } from "./backup-state.server.ts";

const HOUR_MS = 3_600_000;
/** While backups go on failing, the owners are told so often. */
const TELL_MS = 24 * HOUR_MS;
const ERROR_MAX = 300;
/** Below the sidecar, which is below the web. */
const NICENESS = 10;

const said = z.union([
	z.object({ path: z.string(), bytes: z.number(), tookMs: z.number() }),
	z.object({ error: z.string() }),
]);
type Said = z.infer<typeof said>;

/** Makes the regular backup when its time has come, in a process of its own, and tells the platform's owners where that fails. Tried again every hour. */
export async function runBackup(signal: AbortSignal, now = Date.now(), make = makeApart): Promise<void> {
	const { BACKUP_EVERY_HOURS: hours, BACKUP_DIR, BACKUP_KEEP } = env();
	if (hours === 0) return;
	const { lastGood, youngest } = readBooks((tx) => ({
		...readBackupState(tx),
		youngest: tx.sql("SELECT min(created_at_utc) FROM accounts").pluck().get() as number | null,
	}));
	// The clock strikes once an hour: what is due in half of one is due now. New books have their first a day later at most, too.
	if (now - (lastGood?.atUtc ?? youngest ?? now) < (hours - 0.5) * HOUR_MS) return;
	await setWireMark();
	const came = await make(BACKUP_DIR, BACKUP_KEEP, signal);
	if (signal.aborted) return;
	if ("error" in came) log.error({ error: came.error }, "the backup failed; it is tried again in an hour");
	else log.info(came, "a backup is made");
	await inTx((tx) => {
		if (!("error" in came)) return noteGoodBackup(tx, { atUtc: now, ...came });
		const state = readBackupState(tx);
		const node = env().NODE_NAME;
		const toldAtUtc = state.failure?.toldAtUtc ?? 0;
		const isToTell = now - toldAtUtc >= TELL_MS;
		const sinceUtc = state.failure?.sinceUtc ?? now;
		const failure = { sinceUtc, atUtc: now, toldAtUtc: isToTell ? now : toldAtUtc, node, error: came.error };
		writeBackupState(tx, { ...state, failure });
		if (isToTell) putBackupFailed(tx, { node, error: came.error, lastGoodAtUtc: state.lastGood?.atUtc ?? null });
	});
}

/** Looking through a large copy takes minutes: nothing else of the sidecar may wait for it. */
function makeApart(folder: string, keep: number, signal: AbortSignal): Promise<Said> {
	return new Promise((resolve) => {
		const child = fork("jobs/backup-process.ts", [folder, String(keep), String(NICENESS)], {
			env: { ...process.env, PROCESS_NAME: "backup" },
			stdio: ["ignore", "inherit", "inherit", "ipc"],
		});
		const stop = () => child.kill("SIGTERM");
		signal.addEventListener("abort", stop, { once: true });
		let came: Said = { error: "its process ended without a word" };
		child.on("message", (message) => {
			const parsed = said.safeParse(message);
			if (parsed.success) came = parsed.data;
		});
		child.on("error", (error) => {
			came = { error: error.message };
		});
		child.on("close", () => {
			signal.removeEventListener("abort", stop);
			resolve("error" in came ? { error: came.error.slice(0, ERROR_MAX) } : came);
		});
	});
}
