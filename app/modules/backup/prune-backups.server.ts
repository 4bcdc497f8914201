import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { backupNameOf } from "./backup-files.ts";

/**
 * Leaves the newest `keep` backups of a folder, and removes the older ones and what older runs did not finish. Other files are not touched.
 *
 * @returns names of the backups that were removed.
 */
export function pruneBackups(folder: string, keep: number): string[] {
	const files = readdirSync(folder);
	const whole = files
		.filter((file) => file.endsWith(".json") && backupNameOf(file))
		.map((file) => backupNameOf(file)!)
		.sort()
		.reverse();
	const oldestKept = whole[Math.min(keep, whole.length) - 1];
	if (!oldestKept) return [];
	const removed = new Set<string>();
	// The manifest first: without it nobody takes what is left for a backup.
	for (const file of files.sort((a, b) => Number(b.endsWith(".json")) - Number(a.endsWith(".json")))) {
		const name = backupNameOf(file);
		if (!name || name >= oldestKept) continue;
		rmSync(join(folder, file), { force: true });
		removed.add(name);
	}
	return [...removed].sort();
}
