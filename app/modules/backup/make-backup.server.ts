import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { env } from "#app/lib/env.ts";
import { keyMark } from "#app/lib/secrets.server.ts";
import { backupName, MANIFEST_FORMAT, type Manifest } from "./backup-files.ts";
import { checkCopy } from "./check-copy.server.ts";
import { copyBooks } from "./copy-books.server.ts";
import { copyFacts } from "./copy-facts.server.ts";
import { makeDurable, repack } from "./pack-file.server.ts";

export interface MadeBackup {
	/** Path of the packed books; its manifest lies beside it. */
	path: string;
	manifest: Manifest;
	tookMs: number;
}

/**
 * Makes a backup: a copy of the books of one moment, looked through, counted, packed, with its manifest. It counts as one only with the
 * manifest, which comes last. Takes minutes of a processor where the books are large: for a process of its own.
 *
 * What people wrote is readable in it, phone numbers included; secrets of providers, sessions and second factors are in it as in the books, sealed or hashed.
 *
 * @param folder made when it is not there; needs room for the books unpacked beside the packed ones.
 * @throws DamagedCopyError, NotPrimaryError, or what the disk says
 */
export async function makeBackup(folder: string): Promise<MadeBackup> {
	const began = performance.now();
	mkdirSync(folder, { recursive: true });
	const name = backupName(Date.now());
	const copyPath = join(folder, `${name}.db.part`);
	const file = `${name}.db.zst`;
	const path = join(folder, file);
	const isMine = { file: false };
	try {
		const moment = await copyBooks(copyPath);
		const facts = lookThrough(copyPath);
		isMine.file = true;
		const { read, written } = await repack(copyPath, `${path}.part`, "pack");
		renameSync(`${path}.part`, path);
		const manifest: Manifest = {
			format: MANIFEST_FORMAT,
			...moment,
			node: env().NODE_NAME,
			...facts,
			keyMark: keyMark(),
			books: read,
			file: { name: file, ...written, packing: "zstd" },
		};
		const manifestPath = join(folder, `${name}.json`);
		writeFileSync(`${manifestPath}.part`, `${JSON.stringify(manifest, null, "\t")}\n`, { mode: 0o600 });
		await makeDurable(`${manifestPath}.part`);
		renameSync(`${manifestPath}.part`, manifestPath);
		await makeDurable(folder);
		return { path, manifest, tookMs: Math.round(performance.now() - began) };
	} catch (error) {
		if (isMine.file) for (const end of ["", ".part"]) rmSync(`${path}${end}`, { force: true });
		throw error;
	} finally {
		for (const end of ["", "-journal", "-wal", "-shm"]) rmSync(`${copyPath}${end}`, { force: true });
	}
}

function lookThrough(path: string) {
	const copy = new Database(path, { fileMustExist: true });
	try {
		// One file, without a log beside it.
		copy.pragma("journal_mode = DELETE");
		checkCopy(copy);
		return copyFacts(copy);
	} finally {
		copy.close();
	}
}
