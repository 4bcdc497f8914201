import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { env } from "#app/lib/env.ts";
import { noteGoodBackup } from "#app/modules/backup/backup-state.server.ts";
import { DamagedCopyError } from "#app/modules/backup/check-copy.server.ts";
import { makeBackup } from "#app/modules/backup/make-backup.server.ts";
import { booksPath } from "#db/client.ts";
import { inTx, NotPrimaryError } from "#db/tx.ts";
import { closeWire } from "#jobs/wire/pool.ts";
import { untilPrimary } from "./create-admin/until-primary.ts";
import { explain, PlainError } from "./supervisor/plain-error.ts";

/** `npm run backup`: a copy of the books now, beside a running installation as well. Nothing that lies in the folder is removed. */
process.env.DATA_DIR ||= "data";
try {
	if (!existsSync(booksPath())) throw new PlainError(`There are no books in ${resolve(process.env.DATA_DIR)}`);
	const folder = readFolder();
	const { path, manifest, tookMs } = await makeBackup(folder ?? env().BACKUP_DIR);
	const { transfers = 0, messages = 0 } = manifest.rows;
	console.log(`${path}: ${manifest.file.bytes} bytes, ${messages} messages, ${transfers} transfers, in ${tookMs} ms`);
	console.log("It was looked through and is whole. Keep SECRET_KEY (or secret.key) elsewhere: it is not in it.");
	if (folder === null) {
		const stop = await untilPrimary();
		await inTx((tx) => noteGoodBackup(tx, { atUtc: manifest.atUtc, path, bytes: manifest.file.bytes, tookMs }));
		stop();
		await closeWire();
	}
} catch (error) {
	const isPlain = error instanceof DamagedCopyError || error instanceof NotPrimaryError;
	console.error(isPlain ? error.message : (explain(error, resolve(process.env.DATA_DIR)) ?? error));
	process.exitCode = 1;
}

/** Null: where the regular ones lie, which the page of backups then shows. */
function readFolder(): string | null {
	try {
		const { to } = parseArgs({ options: { to: { type: "string" } } }).values;
		return to === undefined ? null : resolve(to);
	} catch (error) {
		throw new PlainError(`${(error as Error).message.split(". ")[0]}. Usage: npm run backup [-- --to FOLDER]`);
	}
}
