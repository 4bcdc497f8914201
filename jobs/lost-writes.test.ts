import { copyFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { resetEnv } from "#app/lib/env.ts";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { noteWrite } from "#app/modules/lost-writes/note-write.server.ts";
import { deposit } from "#app/modules/money/deposit.server.ts";
import { topUpAccount } from "#app/modules/money/top-up-account.server.ts";
import { createRole } from "#app/modules/team/create-role.server.ts";
import { booksPath, closeBooks, writeConnection } from "#db/client.ts";
import { updateCluster } from "#db/cluster/cluster-state.ts";
import { setCommitTeller } from "#db/cluster/commit-teller.ts";
import { type Position, position } from "#db/cluster/position.ts";
import { type FakeLitefs, fakeLitefs } from "#db/testing/fake-litefs.ts";
import { readBooks } from "#db/tx.ts";
import { takeOver } from "./take-over.ts";
import { testWire } from "./testing/wire.ts";
import { openEpoch } from "./wire/epochs/open-epoch.ts";
import { takeEpoch } from "./wire/epochs/take-epoch.ts";
import { wirePool } from "./wire/pool.ts";
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
	setCommitTeller(noteWrite);
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

it("exactly the rows that the books have lost are reported, wherever they were cut", { timeout: 60_000 }, async () => {
	copy();
	for (let n = 0; n < 7; n++) {
		await write();
		copy();
	}
	// From the newest to the oldest, and back up: books that were given up come to lead again.
	for (const at of [7, 6, 3, 0, 5, 2]) {
		const report = await failOver(copies[at]!, at % 2 ? "n1" : "n2");
		const here = inBooks();
		expect(await missing(), `cut at ${at}`).toEqual((await everNoted()).filter((one) => !here.has(one)).sort());
		expect(await missing(), `cut at ${at}`).toHaveLength(7 - at);
		expect(report.lostWrites, "what was known to be missing is not found again").toBe({ 6: 1, 3: 3, 0: 3 }[at] ?? 0);
	}
});
