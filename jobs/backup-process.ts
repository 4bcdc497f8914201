import { setPriority } from "node:os";
import { onStop } from "#app/lib/stop-with-parent.ts";
import { makeBackup } from "#app/modules/backup/make-backup.server.ts";
import { pruneBackups } from "#app/modules/backup/prune-backups.server.ts";

/** One regular backup, as a process of its own: folder, how many to keep, niceness. Says how it went to its parent. */
const [folder, keep, niceness] = process.argv.slice(2);
setPriority(Number(niceness));
onStop(async () => {});
let said: object;
try {
	const { path, manifest, tookMs } = await makeBackup(folder!);
	pruneBackups(folder!, Number(keep));
	said = { path, bytes: manifest.file.bytes, tookMs };
} catch (error) {
	said = { error: String((error as Error).message || error) };
}
process.send?.(said, () => process.exit(0));
