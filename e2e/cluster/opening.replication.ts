import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { until } from "#jobs/testing/until.ts";
import { House } from "./house.ts";

/** A process that did not hold SQLite's index lived through some forty of these, on a busy machine. */
const OPENINGS = 1_000;
const PEOPLE = 6_000;
const STEPS = 50;
/** Nobody listens on that port: its app waits for Postgres, and no process of it has the books open. */
const NO_POSTGRES = "postgres://nobody@127.0.0.1:1/none";

let house: House;
beforeAll(async () => {
	house = await House.open({ names: ["n1", "n2"], lease: "scripted", isFirstAlone: true });
});
afterAll(() => house?.close());

it("whoever opens the books of a replica again and again, while transactions come in, is not ended by LiteFS", async () => {
	const { cluster, fake } = house;
	fake.control({ answerMs: [300, 600] });
	await house.campaign(PEOPLE, 5);
	await house.sends();
	cluster.tell("JOBS_DATABASE_URL", NO_POSTGRES);
	await cluster.startNode("n2");
	await house.follows("n2");
	const from = cluster.position("n2")!.txid;
	let said = "";
	let starts = 0;
	// The very first opening may end it, before it has done anything: its supervisor starts it again.
	for (;;) {
		starts++;
		said = "";
		const child = spawn(
			process.execPath,
			[fileURLToPath(new URL("open-often.ts", import.meta.url)), String(OPENINGS)],
			{
				env: { ...process.env, LITEFS_DIR: cluster.mount("n2") },
				stdio: ["ignore", "pipe", "inherit"],
			},
		);
		child.stdout.on("data", (piece) => (said += piece));
		const [code, signal] = (await once(child, "close")) as [number | null, string | null];
		if (said === "" && signal === "SIGBUS") continue;
		expect({ code, signal }).toEqual({ code: 0, signal: null });
		break;
	}
	house.say(`${OPENINGS} openings, ${starts} starts`);
	await until("transactions came in meanwhile", 300_000, () => cluster.position("n2")!.txid > from + STEPS);
});
