import { copyFileSync, existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, it } from "vitest";
import { resetEnv } from "#app/lib/env.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { insertUser } from "#app/modules/accounts/insert-user.server.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { listLostWrites } from "#app/modules/lost-writes/list-lost-writes.server.ts";
import { readLostFilter } from "#app/modules/lost-writes/lost-write.ts";
import { noteWrite } from "#app/modules/lost-writes/note-write.server.ts";
import { tellLostWrites } from "#app/modules/lost-writes/tell-lost-writes.server.ts";
import { deposit } from "#app/modules/money/deposit.server.ts";
import { topUpAccount } from "#app/modules/money/top-up-account.server.ts";
import { createRole } from "#app/modules/team/create-role.server.ts";
import { BOOKS_LINE_KEY } from "#db/books-line.ts";
import { booksPath, closeBooks, writeConnection } from "#db/client.ts";
import { updateCluster } from "#db/cluster/cluster-state.ts";
import { setCommitTeller } from "#db/cluster/commit-teller.ts";
import { type Position, position } from "#db/cluster/position.ts";
import { type FakeLitefs, fakeLitefs } from "#db/testing/fake-litefs.ts";
import { inTx, OutcomeUnknownError, readBooks } from "#db/tx.ts";
import { lateWrites } from "./late-writes.ts";
import { takeOver } from "./take-over.ts";
import { until } from "./testing/until.ts";
import { testWire } from "./testing/wire.ts";
import { openEpoch } from "./wire/epochs/open-epoch.ts";
import { takeEpoch } from "./wire/epochs/take-epoch.ts";
import { closeWire, wirePool } from "./wire/pool.ts";
import type { WrittenEntry } from "./wire/writes/written-entry.ts";

await testWire();

/** Books as some node has them. */
interface Copy {
	path: string;
	at: Position;
}

let litefs: FakeLitefs;
let of: Actors;
let copies: Copy[];
let written: number;

beforeEach(async () => {
	process.env.SECRET_KEY ??= "5e".repeat(32);
	litefs = await fakeLitefs({ JOBS_DATABASE_URL: process.env.JOBS_DATABASE_URL! });
	await wirePool().query("TRUNCATE wire.epochs, wire.writes, wire.lost_writes");
	copies = [];
	written = 0;
	litefs.countCommits();
	await lead("n1");
	of = await makeActors();
	await inTx((tx) => {
		for (const [login, { account, userId }] of Object.entries(of) as [string, Actor][]) {
			const id = insertUser(tx, { accountId: account.id, login, passwordHash: "", name: `Person ${login}` });
			tx.sql("UPDATE users SET id = ? WHERE id = ? AND account_id = ?").run(userId, id, account.id);
		}
	});
	// However long a busy machine takes.
	setCommitTeller((commit) => noteWrite(commit, 120_000));
	await deposit(of.admin, { formKey: "first", amountMicros: 1_000_000, note: "" });
	await topUpAccount(of.admin, of.dealer.account.id, { formKey: "second", amountMicros: 1_000, note: "" });
});
afterEach(async () => {
	setCommitTeller(undefined);
	await litefs.close();
});

/** LiteFS gives this node the books that are here now; it takes them over. */
async function lead(node: string): Promise<Awaited<ReturnType<typeof takeOver>>> {
	process.env.NODE_NAME = node;
	resetEnv();
	litefs.lead(node);
	updateCluster({ heard: "primary", primary: node });
	const epoch = await takeEpoch();
	const report = await takeOver(epoch, async () => {});
	await openEpoch(epoch);
	return report;
}

/** The books as a standby may have them at this moment. */
function copy(): void {
	const path = join(litefs.folder, `copy-${copies.length}.db`);
	writeConnection().raw.prepare("VACUUM INTO ?").run(path);
	copies.push({ path, at: position()! });
}

/** The node that led dies; one that has come as far as this copy leads. */
async function failOver(to: Copy, node: string) {
	closeBooks();
	for (const end of ["", "-wal", "-shm"]) rmSync(`${booksPath()}${end}`, { force: true });
	copyFileSync(to.path, booksPath());
	litefs.step(to.at);
	return lead(node);
}

/** Somebody of either dealer's branch, or the platform's owner, saves something. */
async function write(): Promise<void> {
	const n = written++;
	const formKey = `form-${n}`;
	if (n % 3 === 0)
		await createRole(n % 2 ? of.dealer2 : of.dealer, { name: `Role ${n}`, rights: new Set(), only: null });
	else if (n % 3 === 1) await deposit(of.admin, { formKey, amountMicros: 1, note: `Note ${n} \0 \ud800` });
	else await topUpAccount(of.dealer, of.client.account.id, { formKey, amountMicros: 1, note: "" });
}

/** An entry of the audit by what it says: ids come again on another line of books. */
const byContent = (one: Pick<WrittenEntry, "auditId" | "atUtc" | "userId" | "verb" | "subject">) =>
	[one.auditId, one.atUtc, one.userId, one.verb, one.subject].join(" ");
async function everNoted(): Promise<string[]> {
	const { rows } = await wirePool().query<{ entries: string }>("SELECT entries FROM wire.writes");
	return rows.flatMap(({ entries }) => (JSON.parse(entries) as WrittenEntry[]).map(byContent));
}
async function missing(): Promise<string[]> {
	const { rows } = await wirePool().query<{ entry: string }>("SELECT entry FROM wire.lost_writes WHERE NOT is_back");
	return rows.map(({ entry }) => byContent(JSON.parse(entry) as WrittenEntry)).sort();
}
function inBooks(): Set<string> {
	const rows = readBooks((tx) =>
		tx.sql<WrittenEntry>("SELECT id AS auditId, at_utc AS atUtc, user_id AS userId, verb, subject FROM audit").all(),
	);
	return new Set(rows.map(byContent));
}

/** Numbers below `n` that are the same in every run. */
function dice(seed: number): (n: number) => number {
	let state = seed;
	return (n) => {
		state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
		return (state >> 8) % n;
	};
}

/** What each person was told, in the order in which it was lost. */
const told = (actor: Actor) =>
	readBooks((tx) =>
		tx
			.sql<{ kind: string; detail: string }>("SELECT kind, detail FROM notices WHERE user_id = ? ORDER BY id")
			.all(actor.userId),
	).map(({ kind, detail }) => ({ kind, ...JSON.parse(detail) }));

it.each([1, 2])(
	"exactly the rows that the books have lost are reported, wherever they are cut (%i)",
	{
		timeout: 300_000,
	},
	async (seed) => {
		const roll = dice(seed);
		copy();
		let lossy = 0;
		for (let step = 0; step < 16; step++) {
			if (step < 4 || roll(5) < 3) {
				await write();
				if (roll(2)) copy();
				continue;
			}
			// Of any line of books: those that were given up may come to lead again.
			const at = roll(copies.length);
			// Whoever took them over last may have died before it could tell the wire what it began with.
			if (roll(2))
				await wirePool().query(
					"UPDATE wire.epochs SET base_epoch = NULL, base_txid = NULL WHERE n = (SELECT max(n) FROM wire.epochs)",
				);
			const before = await missing();
			const report = await failOver(copies[at]!, roll(2) ? "n1" : "n2");
			const here = inBooks();
			const lost = (await everNoted()).filter((one) => !here.has(one)).sort();
			expect(await missing(), `step ${step}, copy ${at}`).toEqual(lost);
			if (lost.length > 0) lossy++;
			if (lost.every((one) => before.includes(one))) expect(report.lostWrites).toBe(0);
			copy();
		}
		expect(lossy).toBeGreaterThan(2);
	},
);

it("each is told of the own writes that are lost, once, and the platform's owners how many", async () => {
	const early = await createRole(of.dealer, { name: "Kept", rights: new Set(), only: null });
	copy();
	await createRole(of.dealer, { name: "Lost", rights: new Set(), only: null });
	await createRole(of.dealer2, { name: "Theirs", rights: new Set(), only: null });
	await topUpAccount(of.dealer, of.client.account.id, { formKey: "gone", amountMicros: 500, note: "" });
	// Somebody of the dealer works in its client's cabinet: whoever sat at the keyboard is told.
	const inside: Actor = { ...of.client, behindUserId: of.dealer.userId };
	await inTx((tx) => writeAudit(tx, inside, "campaign.create", "campaign:77", { name: "Spring" }));
	await inTx((tx) => writeAudit(tx, of.dealer2, "sign-out", `user:${of.dealer2.userId}`));

	const report = await failOver(copies[0]!, "n2");
	expect(report.lostWrites).toBe(5);
	const atUtc = expect.any(Number);
	const ofDealer = [
		{ verb: "role.create", name: "Lost", amount: "" },
		{ verb: "money.top-up", name: "client", amount: expect.stringContaining("0.0005") },
		{ verb: "campaign.create", name: "", amount: "" },
	];
	const asTold = () => [
		expect(told(of.dealer)).toEqual(
			ofDealer.map((one) => ({ kind: "write.lost", ...one, lostId: atUtc, writtenAtUtc: atUtc, more: 0 })),
		),
		expect(told(of.dealer2)).toMatchObject([{ kind: "write.lost", verb: "role.create", name: "Theirs" }]),
		expect(told(of.client)).toEqual([]),
		expect(told(of.admin)).toEqual([{ kind: "writes.lost", lostId: atUtc, epoch: 2, count: 5, foundAtUtc: atUtc }]),
	];
	asTold();
	const all = readLostFilter(new URLSearchParams());
	const { rows, takeOvers } = await listLostWrites(of.admin, all, undefined);
	expect(rows.map(({ verb, subject, accountName }) => [verb, subject.name, accountName])).toEqual([
		["sign-out", "Person dealer2", "dealer2"],
		["campaign.create", null, "client"],
		["money.top-up", "client", "dealer"],
		["role.create", "Theirs", "dealer2"],
		["role.create", "Lost", "dealer"],
	]);
	expect(rows[2]!.detail).toMatchObject({ amount: "0.0005" });
	expect(takeOvers).toEqual([{ epoch: 2, atUtc, entries: 5 }]);
	const filtered = (query: string) => listLostWrites(of.admin, readLostFilter(new URLSearchParams(query)), undefined);
	expect((await filtered("verb=team&epoch=2")).rows).toHaveLength(2);
	expect((await filtered("epoch=3")).rows).toEqual([]);
	expect((await listLostWrites(of.admin, all, rows[3]!.id)).rows).toHaveLength(1);
	for (const stranger of [of.dealer, of.client, { ...of.admin, branches: [of.dealer.account.path] }])
		await expect(listLostWrites(stranger, all, undefined)).rejects.toMatchObject({ status: 403 });
	await lead("n2");
	await tellLostWrites();
	asTold();
	expect(await createRole(of.dealer, { name: "New", rights: new Set(), only: null })).toBeGreaterThan(early + 2);

	// The notices themselves are lost, and so they are written again.
	await failOver(copies[0]!, "n1");
	expect(told(of.dealer)).toHaveLength(4);
	expect(told(of.admin)).toMatchObject([
		{ epoch: 2, count: 5 },
		{ epoch: 4, count: 1 },
	]);
});

it("whoever has lost a hundred things is told of ten, and how many more there are", async () => {
	copy();
	for (let n = 0; n < 12; n++) await createRole(of.dealer, { name: `Role ${n}`, rights: new Set(), only: null });
	await failOver(copies[0]!, "n2");
	await tellLostWrites();
	expect(told(of.dealer).map(({ more }) => more)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 2]);
});

it("what is committed after another node took the books over is not told to be saved, and is found", async () => {
	copy();
	await wirePool().query("UPDATE wire.epochs SET ended_at = now()");
	await wirePool().query("INSERT INTO wire.epochs (n, node) VALUES (2, 'n2')");
	await expect(write()).rejects.toThrow(OutcomeUnknownError);
	const report = await failOver(copies[0]!, "n2");
	expect(report.lostWrites).toBe(1);
	expect(await missing()).toHaveLength(1);
});

it("a note that comes when the books are already taken over is found by looking again", async () => {
	copy();
	await write();
	const late = await wirePool().query("DELETE FROM wire.writes WHERE txid > $1 RETURNING *", [copies[0]!.at.txid]);
	expect((await failOver(copies[0]!, "n2")).lostWrites).toBe(0);
	const { key, at, epoch, txid, entries, sequences } = late.rows[0];
	await wirePool().query("INSERT INTO wire.writes VALUES ($1, $2, $3, $4, $5, $6, false)", [
		key,
		at,
		epoch,
		txid,
		entries,
		sequences,
	]);
	const look = lateWrites(2);
	await look();
	expect(told(of.dealer)).toHaveLength(1);
	await look();
	expect(told(of.dealer)).toHaveLength(1);
});

it("the same node's next epoch has the same books: nothing is lost, and nobody is alarmed", async () => {
	await takeEpoch();
	updateCluster({ isOpen: true });
	await write();
	expect((await lead("n1")).lostWrites).toBe(0);
});

it.each([
	["were put there by hand", { isMarked: false, txid: 50 }],
	["were put into a new LiteFS", { isMarked: true, txid: 2 }],
])("of books that %s nobody knows what they lack, and nobody is alarmed", async (_, { isMarked, txid }) => {
	copy();
	await failOver(copies[0]!, "n2");
	copy();
	const raw = new Database(copies[1]!.path);
	if (!isMarked) raw.prepare("DELETE FROM settings WHERE key = ?").run(BOOKS_LINE_KEY);
	raw.close();
	await write();
	expect((await failOver({ ...copies[1]!, at: { txid, checksum: "0".repeat(16) } }, "n1")).lostWrites).toBe(0);
	// From here on it is known again.
	copy();
	await write();
	expect((await failOver(copies[2]!, "n2")).lostWrites).toBe(1);
});

it("while Postgres is away people are answered, and what they wrote is noted when it is back", {
	timeout: 300_000,
}, async () => {
	const url = process.env.JOBS_DATABASE_URL!;
	const connectTo = async (now: string) => {
		await closeWire();
		process.env.JOBS_DATABASE_URL = now;
		resetEnv();
	};
	await connectTo("postgres://nobody@127.0.0.1:1/nothing?");
	await write();
	await write();
	await connectTo(url);
	const noted = () =>
		wirePool()
			.query("SELECT 1 FROM wire.writes")
			.then(({ rowCount }) => rowCount);
	await until("both are noted", 120_000, async () => (await noted()) === 4);
});

it("the first node of all finds no file, and makes the books", async () => {
	closeBooks();
	for (const end of ["", "-wal", "-shm"]) rmSync(`${booksPath()}${end}`, { force: true });
	await wirePool().query("TRUNCATE wire.epochs, wire.writes, wire.lost_writes");
	const report = await takeOver(await takeEpoch(), async () => {});
	expect(report).toMatchObject({ lostWrites: 0, batches: 0 });
	expect(existsSync(booksPath())).toBe(true);
});
