import { spawn } from "node:child_process";
import { once } from "node:events";
import iconv from "iconv-lite";
import { afterEach, describe, expect, it } from "vitest";
import type { Actor } from "#app/modules/access/actor.ts";
import { ALL_RIGHTS } from "#app/modules/access/rights.ts";
import { testBooks } from "#db/testing/books.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { testWire } from "#jobs/testing/wire.ts";
import { wirePool } from "#jobs/wire/pool.ts";
import { createAudience } from "./create-audience.server.ts";
import { createPastedAudience } from "./create-pasted-audience.server.ts";
import { readAudience } from "./read-audience.server.ts";
import { storeUpload } from "./store-upload.server.ts";
import { READ_KEPT_MS, sweepUploads, UPLOAD_KEPT_MS } from "./sweep-uploads.server.ts";

await testWire();
testBooks();
afterEach(async () => {
	await wirePool().query("DELETE FROM wire.upload_pieces");
});

const actor: Actor = {
	userId: 1,
	behindUserId: null,
	role: "owner",
	account: { id: 7, kind: "client", path: "/1/7/", name: "Shop", timeZone: "UTC", country: "UA", locale: "en" },
	rights: ALL_RIGHTS,
	branches: ["/1/7/"],
};

async function* inChunks(bytes: Uint8Array, chunkBytes: number) {
	for (let from = 0; from < bytes.length; from += chunkBytes) yield bytes.subarray(from, from + chunkBytes);
}

interface CollectionRow {
	state: string;
	failure: string | null;
	validCount: number;
	duplicateCount: number;
	badCount: number;
	readBytes: number;
	sizeBytes: number;
	readLines: number;
}

function collection(id: number): CollectionRow {
	return readBooks(
		(tx) =>
			tx
				.sql<CollectionRow>(
					`SELECT state, failure, valid_count AS validCount, duplicate_count AS duplicateCount, bad_count AS badCount,
					        read_bytes AS readBytes, size_bytes AS sizeBytes, read_lines AS readLines
					   FROM collections WHERE id = ? AND account_id = 7`,
				)
				.get(id)!,
	);
}

function written(id: number): number {
	const { validCount, duplicateCount, badCount } = collection(id);
	return validCount + duplicateCount + badCount;
}

/** All that became of a collection, without what differs between two of them. */
function outcome(id: number) {
	return readBooks((tx) => ({
		row: collection(id),
		phones: tx.sql("SELECT phone FROM contacts WHERE collection_id = ? ORDER BY id").pluck().all(id),
		countries: tx
			.sql("SELECT country, contacts FROM collection_countries WHERE collection_id = ? ORDER BY country")
			.all(id),
		recounted: tx
			.sql("SELECT country, count(*) AS contacts FROM contacts WHERE collection_id = ? GROUP BY country")
			.all(id),
		rejects: tx
			.sql("SELECT line, cell, typed, reason FROM contact_rejects WHERE collection_id = ? ORDER BY line, cell")
			.all(id),
	}));
}

async function upload(bytes: Uint8Array, name = "file.csv", chunkBytes = 1000): Promise<number> {
	return createAudience(actor, await storeUpload(inChunks(bytes, chunkBytes)), name);
}

async function piecesLeft(): Promise<number> {
	const { rows } = await wirePool().query("SELECT count(*)::int AS n FROM wire.upload_pieces");
	return rows[0].n;
}

/** Pieces that are there a quarter of an hour after everything was read. */
async function keptAfterReading(): Promise<number> {
	await sweepUploads(Date.now() + READ_KEPT_MS + 60_000);
	return piecesLeft();
}

const TABLE =
	"имя;телефон;город\r\nИван;067 1111;Київ\r\nОля;+380672222222;\r\nПётр;380672222222;Львів\r\nЯ;привет;x\r\n";

describe("every encoding gives the same", () => {
	it.each([
		["UTF-8", Buffer.from(TABLE)],
		["UTF-8 with its mark", iconv.encode(TABLE, "utf8", { addBOM: true })],
		["UTF-16 LE with its mark", iconv.encode(TABLE, "utf16le", { addBOM: true })],
		["UTF-16 BE with its mark", iconv.encode(TABLE, "utf16be", { addBOM: true })],
		["UTF-16 LE without", iconv.encode(TABLE, "utf16le", { addBOM: false })],
		["UTF-16 BE without", iconv.encode(TABLE, "utf16be", { addBOM: false })],
		["windows-1251", iconv.encode(TABLE, "win1251")],
	])("%s", async (_name, bytes) => {
		// Odd chunks: no character of two bytes stays whole.
		const id = await upload(bytes, "file.csv", 7);
		const { row, phones, rejects } = outcome(id);
		expect(row).toMatchObject({
			state: "ready",
			validCount: 1,
			duplicateCount: 1,
			badCount: 2,
			readBytes: bytes.length,
		});
		expect(phones).toEqual(["+380672222222"]);
		expect(rejects).toEqual([
			{ line: 2, cell: 1, typed: "067 1111", reason: "too_short" },
			{ line: 4, cell: 1, typed: "380672222222", reason: "duplicate" },
			{ line: 5, cell: 1, typed: "привет", reason: "no_digits" },
		]);
		expect(await keptAfterReading()).toBe(0);
	});
});

it("takes windows-1251 for what it is when the first letter that is not ASCII comes late", async () => {
	const text = `phone,name\n${"0671111111,Ivan\n".repeat(50_000)}нет,Иван\n`;
	const id = await upload(iconv.encode(text, "win1251"), "file.csv", 65_536);
	await readAudience(7, id);
	const { row, rejects } = outcome(id);
	expect(row).toMatchObject({ state: "ready", validCount: 1, duplicateCount: 49_999, badCount: 1, readLines: 50_002 });
	expect(rejects.at(-1)).toEqual({ line: 50_002, cell: 1, typed: "нет", reason: "no_digits" });
});

describe("what is no text is refused as a whole", () => {
	const png = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
	it.each([
		["a picture", png, "not_text"],
		["a PDF", Buffer.from("%PDF-1.7\n+380671111111"), "not_text"],
		["a zip", Buffer.from("504b030414000000", "hex"), "not_text"],
		[
			"a workbook",
			Buffer.concat([Buffer.from("504b0304", "hex"), Buffer.from("..[Content_Types].xml..")]),
			"excel_workbook",
		],
		["an old workbook", Buffer.from("d0cf11e0a1b11ae1", "hex"), "excel_workbook"],
		["zeros in the middle", Buffer.from("+380671111111\n\0\0\0\n"), "not_text"],
		["control characters", Buffer.from(Array.from({ length: 500 }, (_, at) => 1 + (at % 200))), "not_text"],
		["a quotation mark never closed", Buffer.from('"+380671111111\n+380672222222'), "unclosed_quote"],
	])("%s", async (_name, bytes, failure) => {
		const { row, phones, rejects } = outcome(await upload(bytes));
		expect({ row, phones, rejects }).toMatchObject({ row: { state: "failed", failure }, phones: [], rejects: [] });
		expect(await keptAfterReading()).toBe(0);
	});
});

it("an empty file is an audience of nobody", async () => {
	expect(outcome(await upload(Buffer.alloc(0))).row).toMatchObject({ state: "ready", validCount: 0, badCount: 0 });
});

it("refuses an upload as soon as it is too big, and keeps nothing of it", async () => {
	let taken = 0;
	async function* endless() {
		for (;;) {
			taken++;
			yield new Uint8Array(100_000);
		}
	}
	await expect(storeUpload(endless(), 1_000_000)).rejects.toThrow("exceeds 1000000 bytes");
	expect(taken).toBe(11);
	expect(await keptAfterReading()).toBe(0);
});

describe("reading a big file", () => {
	const lines = Array.from({ length: 30_000 }, (_, at) => {
		if (at % 97 === 0) return `bad ${at}`;
		const code = ["38067", "38050", "4850", "7701", "7916"][(at * 7) % 5]!;
		return `+${code}${String((at * 7) % 25_000).padStart(7, "0")}`;
	});
	const bytes = Buffer.from(lines.join("\n"));

	it("in one run and in many that are killed comes to the same", { timeout: 400_000 }, async () => {
		const inOneRun = await upload(bytes, "big.txt", 65_536);
		await readAudience(7, inOneRun);
		const expected = outcome(inOneRun);
		expect(expected.row.state).toBe("ready");
		expect(written(inOneRun)).toBe(30_000);
		expect(expected.countries).toEqual(expected.recounted);
		expect(expected.countries).toMatchObject([
			{ country: "KZ" },
			{ country: "PL" },
			{ country: "RU" },
			{ country: "UA" },
		]);

		const often = await upload(bytes, "big.txt", 65_536);
		// Among the rejects, and among the contacts that come after them.
		for (const killAt of [1_500, 3_500, 8_000, 15_000, 24_000]) {
			const child = spawn(
				process.execPath,
				[
					"--input-type=module",
					"-e",
					// Past the place where it is to be killed it stands still: however late the kill comes, it comes before the end.
					`const { readAudience } = await import("#app/modules/audiences/read-audience.server.ts");
					 const { readBooks } = await import("#db/tx.ts");
					 const written = () => readBooks((tx) => tx.sql("SELECT valid_count + duplicate_count + bad_count FROM collections WHERE id = ?").pluck().get(${often}));
					 setInterval(() => { if (written() >= ${killAt + 3_000}) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); }, 1);
					 await readAudience(7, ${often});`,
				],
				{ stdio: "inherit" },
			);
			const exited = once(child, "exit");
			// Wherever it is by then: in a transaction, between two, or asking the wire's store.
			while (written(often) < killAt && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 1));
			child.kill("SIGKILL");
			await exited;
		}
		expect(collection(often)).toMatchObject({ state: "reading" });
		await readAudience(7, often);
		expect(outcome(often)).toEqual(expected);
		expect(await keptAfterReading()).toBe(0);
	});

	it("by two at once writes everything once", async () => {
		const id = await upload(bytes, "big.txt", 65_536);
		await Promise.all([readAudience(7, id), readAudience(7, id)]);
		const { row, phones, countries, recounted } = outcome(id);
		expect(row).toMatchObject({ state: "ready", validCount: phones.length });
		expect(countries).toEqual(recounted);
		expect(written(id)).toBe(30_000);
	});

	it("does not read another account's", async () => {
		const id = await upload(bytes, "big.txt", 65_536);
		await readAudience(8, id);
		expect(collection(id)).toMatchObject({ state: "reading", readLines: 0 });
	});

	it("that has vanished from the store says so", async () => {
		const id = await upload(bytes, "big.txt", 65_536);
		await wirePool().query("DELETE FROM wire.upload_pieces WHERE piece = 1");
		await readAudience(7, id);
		expect(collection(id)).toMatchObject({ state: "failed", failure: "upload_lost" });
	});
});

it("reads a file again when the books have lost that they had read it; its bytes go a quarter of an hour after the reading", async () => {
	const id = await upload(Buffer.from(TABLE));
	await readAudience(7, id);
	const once = outcome(id);
	expect(once.row).toMatchObject({ state: "ready" });
	expect(await sweepUploads()).toBe(0);
	// What a failover leaves: the collection as it was before.
	await inTx((tx) => {
		for (const table of ["contacts", "contact_rejects", "collection_countries"])
			tx.sql(`DELETE FROM ${table} WHERE collection_id = ?`).run(id);
		tx.sql(
			`UPDATE collections SET state = 'reading', valid_count = 0, duplicate_count = 0, bad_count = 0, read_bytes = 0, read_lines = 0
			  WHERE id = ?`,
		).run(id);
	});
	expect(await sweepUploads(Date.now() + READ_KEPT_MS + 60_000), "needed again").toBe(0);
	await readAudience(7, id);
	expect(outcome(id)).toEqual(once);
	expect(await sweepUploads(Date.now() + READ_KEPT_MS + 60_000)).toBe(1);
	expect(await piecesLeft()).toBe(0);
});

it("sweeps what nobody needs after a day, and leaves what is being read or can still be edited", async () => {
	const abandoned = await storeUpload(inChunks(Buffer.from("0671111111"), 100));
	const pasted = await createPastedAudience(actor, "0671111111");
	const unread = await storeUpload(inChunks(Buffer.from("0672222222"), 100));
	await inTx((tx) => {
		tx.sql(
			`INSERT INTO collections (account_id, kind, name, country, state, upload_id, created_at_utc)
			 VALUES (7, 'one_off', 'x', 'UA', 'reading', ?, 0)`,
		).run(unread.uploadId);
		tx.sql(
			`INSERT INTO campaigns (account_id, user_id, name, channel, sender, text, collection_id, state, form_key, created_at_utc)
			 VALUES (7, 1, 'n', 'viber', 's', 't', ?, 'draft', 'k', 0)`,
		).run(pasted);
	});
	expect(await sweepUploads(Date.now() + UPLOAD_KEPT_MS - 60_000)).toBe(0);
	expect(await sweepUploads(Date.now() + UPLOAD_KEPT_MS + 60_000)).toBe(1);
	const { rows } = await wirePool().query("SELECT 1 FROM wire.upload_pieces WHERE upload_id = $1", [
		abandoned.uploadId,
	]);
	expect(rows).toEqual([]);
	await inTx((tx) => void tx.sql("UPDATE campaigns SET state = 'preparing' WHERE account_id = 7").run());
	expect(await sweepUploads(Date.now() + UPLOAD_KEPT_MS + 60_000)).toBe(1);
	expect(await piecesLeft()).toBe(1);
});
