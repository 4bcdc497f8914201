import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, it } from "vitest";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { balanceOf } from "#app/modules/ledger/balance-of.server.ts";
import { prove } from "#app/modules/proof/prove.server.ts";
import { testBooks } from "#db/testing/books.ts";
import { readBooks } from "#db/tx.ts";
import { type Operation, perform } from "./testing/operation.ts";

testBooks();
const WORKERS = 4;
const workerPath = fileURLToPath(new URL("./testing/move-worker.ts", import.meta.url));

interface Told {
	formKey: string;
	outcome: string;
}

/** Has a process of its own do these; `killAfter`: SIGKILL once it has told of so many. Resolves with what it told, when it has ended. */
async function inProcess(operations: Operation[], killAfter = Number.POSITIVE_INFINITY): Promise<Told[]> {
	const child: ChildProcess = fork(workerPath, { stdio: ["ignore", "ignore", "inherit", "ipc"] });
	const told: Told[] = [];
	child.on("message", (one: Told) => {
		told.push(one);
		if (told.length === killAfter) child.kill("SIGKILL");
	});
	const ended = once(child, "close");
	child.send(operations);
	const [code, signal] = await ended;
	if (signal !== "SIGKILL") expect(code).toBe(0);
	return told;
}

let on: Actors;
const by = (of: keyof Actors) => {
	const { id, path, kind } = on[of].account;
	return { id, path, kind };
};
const operation = (
	deed: Operation["deed"],
	of: keyof Actors,
	to: keyof Actors,
	amountMicros: number,
	formKey: string,
) => ({
	...{ deed, by: by(of), accountId: on[to].account.id, amountMicros, formKey },
});
const available = (of: keyof Actors) => readBooks((tx) => balanceOf(tx, on[of].account.id).availableMicros);

beforeEach(async () => {
	on = await makeActors();
	await perform(operation("deposit", "admin", "admin", 10_000, "seed"));
	await perform(operation("top-up", "admin", "dealer", 100, "seed-dealer"));
});

describe("several processes at once", { timeout: 240_000 }, () => {
	it("twenty callers on money for one: exactly one passes", async () => {
		const told = await Promise.all(
			Array.from({ length: WORKERS }, (_, w) =>
				inProcess(
					Array.from({ length: 5 }, (_, i) =>
						operation("top-up", "dealer", (w + i) % 2 ? "client" : "client2", 100, `caller-${w}-${i}`),
					),
				),
			),
		);
		const outcomes = told.flat().map(({ outcome }) => outcome);
		expect(outcomes.filter((one) => one === "done")).toHaveLength(1);
		expect(outcomes.filter((one) => one === "NotEnoughError")).toHaveLength(19);
		expect([available("dealer"), available("client") + available("client2")]).toEqual([0, 100]);
		expect((await prove()).found).toEqual([]);
	});

	it("killed at any moment and begun anew: each operation is done once or not at all, and the ledger is right", async () => {
		const deeds = ["top-up", "take-back", "top-up", "zero"] as const;
		const ways = [
			["admin", "dealer"],
			["dealer", "client"],
			["admin", "client3"],
			["dealer", "client2"],
		] as const;
		const all = Array.from({ length: 160 }, (_, i) => {
			const [from, to] = ways[(i * 7) % ways.length]!;
			return operation(deeds[(i * 3) % deeds.length]!, from, to, 1 + (i % 9), `op-${i}`);
		});
		// Each operation is asked of two processes; the first of each pair are killed on the way, at another point each.
		const share = (w: number) => all.filter((_, i) => i % 2 === w % 2);
		const first = await Promise.all([1, 9, 25, 60].map((killAfter, w) => inProcess(share(w), killAfter)));
		const told = [
			...first,
			...(await Promise.all(Array.from({ length: WORKERS }, (_, w) => inProcess(share(w))))),
		].flat();

		const keys = readBooks((tx) =>
			tx.sql("SELECT op_id FROM transfers WHERE op_id LIKE '%:op-%'").pluck().all(),
		) as string[];
		const made = new Set(keys.map((key) => key.split(":")[1]!));
		expect(made.size).toBe(keys.length);
		for (const { formKey, outcome } of told)
			if (outcome === "done" || outcome === "again") expect(made).toContain(formKey);
		const dones = told.filter(({ outcome }) => outcome === "done").map(({ formKey }) => formKey);
		expect(new Set(dones).size).toBe(dones.length);
		// The last ones to ask were not killed: whatever was made, somebody was told of.
		const known = new Set(
			told.filter(({ outcome }) => ["done", "again"].includes(outcome)).map(({ formKey }) => formKey),
		);
		expect([...made].filter((key) => !known.has(key))).toEqual([]);
		// Its entry of the audit stands and falls with it.
		const entries = readBooks((tx) => tx.sql("SELECT count(*) FROM audit WHERE verb LIKE 'money.%'").pluck().get());
		expect(entries).toBe(keys.length + 2);
		expect((await prove()).found).toEqual([]);
		const sum = ["admin", "dealer", "dealer2", "client", "client2", "client3"] as const;
		expect(sum.reduce((whole, of) => whole + available(of), 0)).toBe(10_000);
	});
});
