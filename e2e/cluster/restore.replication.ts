import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Hold } from "#app/modules/backup/hold.ts";
import { readHold } from "#app/modules/backup/read-hold.server.ts";
import { createAdmin } from "#bin/create-admin/create-admin.ts";
import { closeBooks } from "#db/client.ts";
import { readBooks } from "#db/tx.ts";
import { until } from "#jobs/testing/until.ts";
import { type Campaign, House } from "./house.ts";
import { useBooksOf } from "./leading.ts";
import { Visitor } from "./visitor.ts";

const PEOPLE = 900;
const LONG_MS = 300_000;
const SIGN_IN = { login: "anna", password: "correct horse battery staple 42" };
const run = promisify(execFile);

let house: House;
beforeAll(async () => {
	house = await House.open({ names: ["n1", "n2"], lease: "scripted", isFirstAlone: true });
});
afterAll(() => house?.close());

const program = (name: string, args: string[], env: Record<string, string> = {}) =>
	run(process.execPath, [`bin/${name}.ts`, ...args], { env: { ...process.env, ...env } });

const written = ({ phones }: Campaign) =>
	phones.reduce((sum, phone) => sum + house.fake.provider.journal.countOf(phone), 0);

function holdOn(name: string): Hold | null {
	useBooksOf(house.cluster, name);
	try {
		return readBooks(readHold);
	} finally {
		closeBooks();
	}
}

/** What the wire at hand knows of it. */
const settled = () => until("the copy knows what the original has sent", LONG_MS, () => holdOn("n1")?.wire);

/** As a person does it, on the page of the node that only reads. */
async function release(visitor: Visitor): Promise<void> {
	const page = house.cluster.web("n2");
	const { action, fields } = await visitor.open(page, "/admin/backups", "release");
	expect(await visitor.post(page, action, { ...fields, stopped: "on" })).toMatchObject({ status: 302 });
	await until("it is released", LONG_MS, () => holdOn("n1") === null);
	await house.seeEpoch();
}

it("a backup goes into a new cluster (docs/backup.md), is held on each node, and sends once it is released; nobody is written to twice, not even where it is put under a cluster that sends", async () => {
	const { cluster, fake } = house;
	fake.control({ answerMs: [800, 1_200], receipts: { deliveryMs: [5, 400], seenMs: [5, 400], retryScale: 0.01 } });
	useBooksOf(cluster, "n1");
	await createAdmin({ ...SIGN_IN, timeZone: "UTC", country: "UA" });
	const campaign = await house.campaign(PEOPLE, 5);
	await house.sends();
	const backups = cluster.folder("backups");
	await program("backup", ["--to", backups], { LITEFS_DIR: cluster.mount("n1"), NODE_NAME: "n1" });
	const atBackup = written(campaign);
	await until("more are written to", LONG_MS, () => written(campaign) > atBackup + 50);
	await house.lose("n1");

	const file = readdirSync(backups).find((name) => name.endsWith(".json"))!;
	await program("restore", [join(backups, file), "--to", cluster.folder("restored")]);
	const books = join(cluster.folder("restored"), "books.db");
	cluster.replaceMachine("n1");
	cluster.tell("LITEFS_KEY", "tiercast/new");
	cluster.tell("PATH", `${cluster.folder("")}:${process.env.PATH}`);
	cluster.tell("IMPORT_BOOKS", books);
	await house.start("n1");
	await house.seeEpoch(house.epoch.n);
	expect(await settled()).toBe("whole");
	await house.bringBack("n2");
	expect(holdOn("n2"), "on each node").toMatchObject({ wire: "whole", asked: null });
	const whileHeld = written(campaign);
	expect(whileHeld).toBeLessThan(PEOPLE);
	const visitor = new Visitor();
	await visitor.signIn(cluster.web("n2"), SIGN_IN.login, SIGN_IN.password);
	expect(written(campaign), "nobody is written to from a copy").toBe(whileHeld);
	await release(visitor);
	await until("it goes on", LONG_MS, () => written(campaign) > whileHeld + 50);

	// What docs/backup.md forbids: the same copy once more, where by now many more were written to.
	cluster.importBooks("n1", books);
	expect(await settled()).toBe("whole");
	await visitor.signIn(cluster.web("n2"), SIGN_IN.login, SIGN_IN.password);
	await release(visitor);
	fake.control({ answerMs: [1, 20] });
	await until("the campaign is done", LONG_MS, () => house.isDone(campaign.of));
	expect(await house.faults(campaign)).toEqual([]);
});
