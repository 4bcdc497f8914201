import { fork } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { env, resetEnv } from "#app/lib/env.ts";
import { addPeople } from "#app/testing/people.ts";
import { booksLine, setBooksLine } from "#db/books-line.ts";
import { booksPath, closeBooks } from "#db/client.ts";
import { testBooks } from "#db/testing/books.ts";
import { testCampaign, testPhones } from "#db/testing/campaign.ts";
import { deposit } from "#db/testing/money.ts";
import { inTx, NotPrimaryError, readBooks } from "#db/tx.ts";
import { exitOf } from "#jobs/testing/sidecar-process.ts";
import { until } from "#jobs/testing/until.ts";
import { testWire } from "#jobs/testing/wire.ts";
import { readBackupState } from "./backup-state.server.ts";
import { DamagedCopyError } from "./check-copy.server.ts";
import { type MadeBackup, makeBackup } from "./make-backup.server.ts";
import { pruneBackups } from "./prune-backups.server.ts";
import { readHold } from "./read-hold.server.ts";
import { RestoreRefusedError, restoreBooks } from "./restore-books.server.ts";
import { runBackup } from "./run-backup.server.ts";

await testWire();
testBooks();

const LONG_MS = 300_000;
let folder: string;
beforeEach(() => {
	folder = join(env().DATA_DIR, "copies");
});
const count = () => readBooks((tx) => tx.sql("SELECT count(*) FROM counted").pluck().get() as number);

/** Another process that writes without a pause, two rows in each transaction. */
const WRITER = `
	import Database from "better-sqlite3";
	const db = new Database(process.argv[2], { timeout: 5000 });
	const add = db.prepare("INSERT INTO counted (n) VALUES (?), (?)");
	for (let n = 0; ; n += 2) {
		add.run(n, n);
		if (n % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
	}
`;

it("copies one moment while another process writes all the time, and counts it", { timeout: LONG_MS }, async () => {
	await testCampaign(testPhones(20_000));
	await inTx((tx) => void tx.sql("CREATE TABLE counted (n INTEGER)").run());
	const program = join(env().DATA_DIR, "writer.mjs");
	// Beside our own modules, where it finds the driver.
	writeFileSync(
		program,
		WRITER.replace('"better-sqlite3"', JSON.stringify(createRequire(import.meta.url).resolve("better-sqlite3"))),
	);
	const writer = fork(program, [booksPath()]);
	try {
		await until("the other to write", LONG_MS, () => count() > 0);
		const before = count();
		const { manifest, path } = await makeBackup(folder);
		expect(count(), "it was not kept from writing").toBeGreaterThan(manifest.rows.counted!);
		expect(manifest.rows.counted).toBeGreaterThanOrEqual(before);
		expect(manifest.rows.counted! % 2, "whole transactions only").toBe(0);
		expect(manifest.rows.contacts).toBe(20_000);
		expect(path.endsWith(".db.zst") && existsSync(path)).toBe(true);
	} finally {
		writer.kill("SIGKILL");
		await exitOf(writer);
	}
	expect(readdirSync(folder).filter((file) => file.includes(".part"))).toEqual([]);
});

describe("restoring", () => {
	let made: MadeBackup;
	let fresh: string;
	beforeEach(async () => {
		const { accountId } = await testCampaign(testPhones(10));
		await deposit(accountId, 5_000_000);
		await inTx((tx) => setBooksLine(tx, { epoch: 5, baseEpoch: 4, baseTxid: 700 }));
		made = await makeBackup(folder);
		fresh = join(env().DATA_DIR, "fresh");
	});
	const restore = () => restoreBooks(made.path, fresh);
	/** Nothing lies where a start would find it. */
	const isUntouched = () => !existsSync(join(fresh, "books.db")) && !existsSync(join(fresh, "restoring"));

	it("gives back what was there, proved, and held", async () => {
		const { DATA_DIR } = env();
		const { transfers, key, manifest } = await restore();
		expect({ transfers, key }).toEqual({ transfers: 1, key: "fits" });
		expect(manifest.balances).toMatchObject({ available: "5000000", outside: "-5000000" });
		expect(env().DATA_DIR, "this process has the books that it had").toBe(DATA_DIR);
		expect(readBooks(readHold)).toBeNull();
		closeBooks();
		process.env.DATA_DIR = fresh;
		resetEnv();
		expect(readBooks(readHold)).toMatchObject({ wire: null, asked: null, copiedAtUtc: manifest.atUtc });
		expect(readBooks((tx) => tx.sql("SELECT count(*) FROM contacts").pluck().get())).toBe(10);
		expect(readBooks(booksLine), "positions of before say nothing of it").toEqual({
			epoch: 0,
			baseEpoch: 0,
			baseTxid: 0,
		});
	});

	it("refuses a place that has books", async () => {
		await restore();
		await expect(restore()).rejects.toThrow(RestoreRefusedError);
	});

	it("tells a key that is another, and one that is missing", async () => {
		const { SECRET_KEY } = process.env;
		try {
			process.env.SECRET_KEY = "ab".repeat(32);
			expect((await restore()).key).toBe("other");
			delete process.env.SECRET_KEY;
			expect((await restoreBooks(made.path, `${fresh}-2`)).key).toBe("missing");
		} finally {
			process.env.SECRET_KEY = SECRET_KEY;
		}
	});

	it("refuses what was changed or cut off on the way, or has no manifest", async () => {
		const bytes = readFileSync(made.path);
		bytes[bytes.length >> 1]! ^= 1;
		writeFileSync(made.path, bytes);
		await expect(restore()).rejects.toThrow(DamagedCopyError);
		expect(isUntouched()).toBe(true);
		truncateSync(made.path, bytes.length - 10);
		await expect(restore()).rejects.toThrow(DamagedCopyError);
		expect(isUntouched()).toBe(true);
		const alone = join(env().DATA_DIR, "alone.db.zst");
		copyFileSync(made.path, alone);
		await expect(restoreBooks(alone, fresh)).rejects.toThrow(RestoreRefusedError);
	});

	it("refuses money that does not add up", async () => {
		await inTx((tx) => {
			// What keeps it right in the books was taken away as well.
			for (const name of tx
				.sql("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'ledger_books'")
				.pluck()
				.all())
				tx.sql(`DROP TRIGGER ${name}`).run();
			tx.sql("UPDATE ledger_books SET balance_micros = balance_micros + 1 WHERE kind = 'available'").run();
		});
		made = await makeBackup(join(folder, "wrong"));
		await expect(restore()).rejects.toThrow(/the ledger cannot be proved/);
		expect(isUntouched()).toBe(true);
	});

	it("refuses a backup of a newer version", async () => {
		const path = made.path.replace(".db.zst", ".json");
		writeFileSync(path, JSON.stringify({ ...made.manifest, migrations: 9_999 }));
		await expect(restore()).rejects.toThrow(/newer version/);
	});
});

it("is made on the node that leads only", async () => {
	const before = process.env.LITEFS_DIR;
	process.env.LITEFS_DIR = env().DATA_DIR;
	resetEnv();
	try {
		await expect(makeBackup(folder), "0644 is no mode that LiteFS gives the node that leads").rejects.toThrow(
			NotPrimaryError,
		);
	} finally {
		if (before === undefined) delete process.env.LITEFS_DIR;
		resetEnv();
	}
});

it("keeps the newest, and touches nothing of others", () => {
	const files = ["01", "02", "03"].flatMap((day) =>
		["json", "db.zst"].map((end) => `books-202611${day}T000000Z.${end}`),
	);
	const others = ["notes.json", "books-old.db.zst", "books-20261104T000000Z.db.part"];
	const at = join(env().DATA_DIR, "kept");
	mkdirSync(at);
	for (const file of [...files, ...others]) writeFileSync(join(at, file), "");
	expect(pruneBackups(at, 2)).toEqual(["books-20261101T000000Z"]);
	expect(readdirSync(at).sort()).toEqual([...files.slice(2), ...others].sort());
	expect(pruneBackups(at, 5)).toEqual([]);
});

describe("the regular backup", () => {
	const signal = new AbortController().signal;
	const HOUR_MS = 3_600_000;
	beforeEach(async () => {
		await addPeople();
		await inTx((tx) => void tx.sql("UPDATE accounts SET created_at_utc = 0").run());
	});
	const state = () => readBooks(readBackupState);

	it("is made when it is due, by a process of its own", { timeout: LONG_MS }, async () => {
		const now = Date.now();
		await runBackup(signal, now);
		expect(state()).toMatchObject({ lastGood: { atUtc: now }, failure: null });
		expect(existsSync(state().lastGood!.path)).toBe(true);
		await runBackup(signal, now + 23 * HOUR_MS);
		expect(state().lastGood!.atUtc, "not due yet").toBe(now);
	});

	it("that fails is told to the platform's owners once a day, and what was good stays known", async () => {
		const now = Date.now();
		const made = { path: "/copies/books.db.zst", bytes: 5, tookMs: 7 };
		const run = (hours: number, came: typeof made | { error: string }) =>
			runBackup(signal, now + hours * HOUR_MS, async () => came);
		const told = () =>
			readBooks((tx) => tx.sql("SELECT user_id FROM notices WHERE kind = 'backup.failed'").pluck().all());
		await run(0, made);
		for (const hours of [24, 25, 47]) await run(hours, { error: "the disk is full" });
		expect(state()).toMatchObject({
			lastGood: { atUtc: now, ...made },
			failure: { sinceUtc: now + 24 * HOUR_MS, atUtc: now + 47 * HOUR_MS, error: "the disk is full" },
		});
		expect(told()).toEqual([10]);
		await run(48, { error: "the disk is full" });
		expect(told()).toEqual([10, 10]);
		await run(49, made);
		expect(state()).toMatchObject({ lastGood: { atUtc: now + 49 * HOUR_MS }, failure: null });
	});

	it("says what went wrong in its process", { timeout: LONG_MS }, async () => {
		writeFileSync(join(env().DATA_DIR, "backups"), "a file where the folder should be");
		await runBackup(signal);
		expect(state()).toMatchObject({ lastGood: null, failure: { error: expect.stringContaining("EEXIST") } });
	});
});
