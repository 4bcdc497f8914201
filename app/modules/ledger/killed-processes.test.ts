import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { prove } from "#app/modules/proof/prove.server.ts";
import { SEED } from "#app/testing/fc.ts";
import { testBooks } from "#db/testing/books.ts";
import { moneyFaults } from "#db/testing/money.ts";
import { endStorm } from "./testing/storm/end-storm.ts";
import { differences, leftHeld, toldWrong } from "./testing/storm/find-faults.ts";
import { NaiveReplay } from "./testing/storm/naive-replay.ts";
import { plantStorm } from "./testing/storm/plant-storm.ts";
import { readStorm } from "./testing/storm/read-storm.ts";
import { runStorm } from "./testing/storm/run-storm.ts";

testBooks();

/** `npm run bench -- ledger-killed` does 100,000, with more deaths. */
const OPERATIONS = Number(process.env.LEDGER_OPERATIONS ?? 20_000);
const WORKERS = 3;
/** So often each. A new life costs a second of processor time. */
const DEATHS = Number(process.env.LEDGER_DEATHS ?? 4);

it("random operations of several processes, killed at random, come to what a naive model says", {
	// A net for what hangs, not a measure: half a minute where nothing else runs.
	timeout: 1_800_000,
}, async () => {
	const folder = mkdtempSync(join(tmpdir(), "storm-"));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	const seed = SEED ?? Math.floor(Math.random() * 1e9);
	const scene = await plantStorm({ seed, workers: WORKERS, operations: Math.ceil(OPERATIONS / WORKERS) });
	const began = performance.now();
	const { byKey, deaths } = await runStorm(scene, folder, { own: DEATHS, kills: DEATHS });
	const seconds = Math.round((performance.now() - began) / 100) / 10;
	for (const [key, done] of await endStorm(scene)) byKey.set(key, done);
	const { journal, facts } = readStorm();
	const model = new NaiveReplay(scene, facts);
	for (const entry of journal) model.replay(entry, byKey.get(entry.op)?.op);
	const { seen } = model.house;
	const figures = { seed, operations: byKey.size, transactions: journal.length, deaths, seconds, seen };
	if (process.env.LEDGER_REPORT) writeFileSync(process.env.LEDGER_REPORT, JSON.stringify(figures));

	const some = (faults: string[]) => ({ seed, count: faults.length, faults: faults.slice(0, 5) });
	const none = some([]);
	expect(some(toldWrong(byKey, journal)), "what processes were told").toEqual(none);
	expect(some(model.faults), "what should have been refused").toEqual(none);
	expect(some(differences(model)), "the books and the model").toEqual(none);
	expect(some(leftHeld()), "what was held").toEqual(none);
	expect(some(moneyFaults()), "postings, balances and messages").toEqual(none);
	expect((await prove()).found, "the proof").toEqual([]);
	// What the storm is for did happen.
	expect(byKey.size).toBeGreaterThanOrEqual(OPERATIONS);
	expect(deaths.own).toBe(DEATHS);
	for (const [what, times] of Object.entries(seen)) expect([what, times > 0]).toEqual([what, true]);
});
