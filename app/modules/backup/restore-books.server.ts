import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import Database from "better-sqlite3";
import { resetEnv } from "#app/lib/env.ts";
import { keyMark } from "#app/lib/secrets.server.ts";
import type { Difference } from "#app/modules/proof/difference.ts";
import { prove } from "#app/modules/proof/prove.server.ts";
import { BOOKS_LINE_KEY } from "#db/books-line.ts";
import { migrationsKnown } from "#db/books-schema.ts";
import { booksPath, closeBooks, writeConnection } from "#db/client.ts";
import { BOOKS_NAME } from "#db/cluster/books-path.ts";
import { migrateBooks } from "#db/migrate.ts";
import { type Manifest, manifestPath, manifestSchema } from "./backup-files.ts";
import { checkCopy, DamagedCopyError } from "./check-copy.server.ts";
import { copyFacts } from "./copy-facts.server.ts";
import { HOLD_KEY, type Hold } from "./hold.ts";
import { makeDurable, repack } from "./pack-file.server.ts";

/** It cannot be restored there, or not from that; its message says why in a line. */
export class RestoreRefusedError extends Error {
	override name = "RestoreRefusedError";
}

export interface Restored {
	manifest: Manifest;
	transfers: number;
	/** Whether the key that lies there, or is given, is the one that the books' secrets are sealed with. */
	key: "fits" | "other" | "missing";
}

/**
 * Puts a backup's books into a data folder that has none, held: nothing of theirs reaches the outside world until a person releases them. Every
 * check comes before they lie where a start would find them: sums, pages, counts, and the ledger's proof.
 *
 * @param file either of the backup's two files.
 * @throws RestoreRefusedError, DamagedCopyError; then the folder is as it was
 */
export async function restoreBooks(file: string, dataDir: string): Promise<Restored> {
	const manifest = readManifest(file);
	for (const end of ["", "-wal"])
		if (existsSync(join(dataDir, `${BOOKS_NAME}${end}`)))
			throw new RestoreRefusedError(`${dataDir} has books already: restore into a folder that has none`);
	const staging = join(dataDir, "restoring");
	rmSync(staging, { recursive: true, force: true });
	mkdirSync(staging, { recursive: true });
	const { DATA_DIR, LITEFS_DIR } = process.env;
	try {
		await unpack(manifest, dirname(file), join(staging, BOOKS_NAME));
		lookThrough(join(staging, BOOKS_NAME), manifest);
		setStores({ DATA_DIR: staging });
		migrateBooks();
		const { differences, found, transfers } = await prove();
		if (differences > 0) throw new DamagedCopyError(`the ledger cannot be proved: ${told(found, differences)}`);
		// All of it into the one file that is moved.
		writeConnection().raw.pragma("wal_checkpoint(TRUNCATE)");
		closeBooks();
		await makeDurable(booksPath());
		renameSync(booksPath(), join(dataDir, BOOKS_NAME));
		await makeDurable(dataDir);
		return { manifest, transfers, key: keyOf(dataDir, manifest) };
	} finally {
		setStores({ DATA_DIR, LITEFS_DIR });
		rmSync(staging, { recursive: true, force: true });
	}
}

/** Where this process has its books from here on. */
function setStores(to: { DATA_DIR?: string | undefined; LITEFS_DIR?: string | undefined }): void {
	closeBooks();
	for (const name of ["DATA_DIR", "LITEFS_DIR"] as const) {
		if (to[name] === undefined) delete process.env[name];
		else process.env[name] = to[name];
	}
	resetEnv();
}

function readManifest(file: string): Manifest {
	const path = manifestPath(file);
	try {
		return manifestSchema.parse(JSON.parse(readFileSync(path, "utf8")));
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === "ENOENT")
			throw new RestoreRefusedError(`there is no manifest at ${path}: a backup without it was not finished`);
		throw new RestoreRefusedError(`${path} is not a backup's manifest`);
	}
}

async function unpack({ file, books }: Manifest, folder: string, to: string): Promise<void> {
	const path = join(folder, file.name);
	if (!existsSync(path)) throw new RestoreRefusedError(`${path} is missing`);
	let weighed: Awaited<ReturnType<typeof repack>>;
	try {
		weighed = await repack(path, to, file.packing === "zstd" ? "unpack" : "none");
	} catch (error) {
		if (!/^(ZSTD|Z_)/.test(String((error as { code?: string }).code))) throw error;
		throw new DamagedCopyError(`${path} cannot be unpacked: it is damaged or cut off`);
	}
	const isSame = (a: { bytes: number; sha256: string }, b: typeof a) => a.bytes === b.bytes && a.sha256 === b.sha256;
	if (!isSame(weighed.read, file) || !isSame(weighed.written, books))
		throw new DamagedCopyError(`${path} is not what its manifest says: its sum differs`);
}

/** Also marks it as held, so that it never lies anywhere without. */
function lookThrough(path: string, manifest: Manifest): void {
	if (manifest.migrations > migrationsKnown())
		throw new RestoreRefusedError("this backup is of a newer version of the program: take that version");
	const copy = new Database(path, { fileMustExist: true });
	try {
		checkCopy(copy);
		const { rows, balances } = copyFacts(copy);
		if (!isEqual(rows, manifest.rows) || !isEqual(balances, manifest.balances))
			throw new DamagedCopyError("the books do not hold what their manifest says");
		const hold: Hold = {
			copiedAtUtc: manifest.atUtc,
			restoredAtUtc: Date.now(),
			node: manifest.node,
			wire: null,
			asked: null,
		};
		copy
			.prepare("INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value")
			.run(HOLD_KEY, JSON.stringify(hold));
		// It speaks of positions of the books that this is a copy of.
		copy.prepare("DELETE FROM settings WHERE key = ?").run(BOOKS_LINE_KEY);
	} finally {
		copy.close();
	}
}

function isEqual(a: Record<string, unknown>, b: Record<string, unknown>): boolean {
	const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
	return [...keys].every((key) => a[key] === b[key]);
}

function told(found: Difference[], count: number): string {
	const first = found.slice(0, 3).map((one) => `${one.kind} ${one.id}`);
	return `${first.join(", ")}${count > first.length ? ` and ${count - first.length} more` : ""}`;
}

function keyOf(dataDir: string, manifest: Manifest): Restored["key"] {
	const path = join(dataDir, "secret.key");
	const key = process.env.SECRET_KEY || (existsSync(path) ? readFileSync(path, "utf8").trim() : "");
	if (!key) return "missing";
	return keyMark(key) === manifest.keyMark ? "fits" : "other";
}
