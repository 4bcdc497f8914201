import { DamagedCopyError } from "#app/modules/backup/check-copy.server.ts";
import { type Restored, RestoreRefusedError, restoreBooks } from "#app/modules/backup/restore-books.server.ts";
import { PlainError } from "#bin/supervisor/plain-error.ts";
import { takeLock } from "#bin/supervisor/take-lock.ts";

const KEYS: Record<Restored["key"], string> = {
	fits: "The key fits: secrets of providers can be read.",
	other:
		"The key is another than the original's: secrets of providers cannot be read. Put the original's secret.key into the folder, or set SECRET_KEY.",
	missing:
		"Secrets of providers are sealed with the original's key: put its secret.key into the folder, or set SECRET_KEY, before the first start.",
};

/** Puts a backup into a data folder, held, and says what was restored. @throws PlainError */
export async function restore(file: string, dataDir: string): Promise<void> {
	// Nothing may run on the folder, nor begin to.
	const lock = takeLock(dataDir);
	try {
		const { manifest, transfers, key } = await restoreBooks(file, dataDir);
		console.log(`Restored: the books of ${manifest.node} as of ${new Date(manifest.atUtc).toISOString()}.`);
		console.log(`Whole by sum, pages and counts; proved: ${transfers} transfers.`);
		console.log(KEYS[key]);
		console.log(
			`It is HELD: start it with DATA_DIR=${dataDir}, look around; it sends nothing and calls nobody until you say so, on the page "Backups" or by\n  npm run restore -- --release --to ${dataDir}`,
		);
	} catch (error) {
		if (error instanceof RestoreRefusedError || error instanceof DamagedCopyError) throw new PlainError(error.message);
		throw error;
	} finally {
		lock.release();
	}
}
