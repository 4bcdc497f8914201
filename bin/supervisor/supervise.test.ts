import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { findPostmaster } from "#jobs/postgres/find-postmaster.ts";
import { until } from "../../e2e/harness/until.ts";
import { isSameProcess } from "./process-identity.ts";
import { startFakes, testFolder, untilReady } from "./testing/start-fakes.ts";

test("SIGTERM: the sidecar finishes while web and Postgres still run, then the others go", {
	timeout: 240_000,
}, async () => {
	const { dataDir, story, cluster, running } = testFolder();
	const one = startFakes(dataDir, { FAKE_FINISH_MS: "700" });
	await untilReady(one);
	await until("three children", () => story().length === 3);
	const children = running().children;
	expect(children.map((child) => child.name)).toEqual(["web", "sidecar", "simulator"]);
	one.process.kill("SIGTERM");
	expect(await one.ended).toBe(0);
	expect(story().slice(3)).toEqual([
		"sidecar finishing",
		"sidecar stopped, web up",
		"web stopped",
		"simulator stopped",
	]);
	expect(children.filter(isSameProcess)).toEqual([]);
	expect(findPostmaster(cluster)).toBeUndefined();
});

test("a second start says where the first is, ends with 1 and leaves it alone", { timeout: 240_000 }, async () => {
	const { dataDir } = testFolder();
	const first = startFakes(dataDir);
	const address = await untilReady(first);
	const second = startFakes(dataDir);
	expect(await second.ended).toBe(1);
	expect(second.said().trim()).toBe(
		`It already runs here at ${address} (pid ${first.process.pid}); this start leaves it alone`,
	);
	expect((await fetch(address)).status).toBe(200);
	first.process.kill("SIGINT");
	expect(await first.ended).toBe(0);
	const third = startFakes(dataDir);
	await untilReady(third);
	third.process.kill("SIGTERM");
	expect(await third.ended).toBe(0);
});

test("kill -9 of the supervisor leaves no child, and the next start takes Postgres over", {
	timeout: 240_000,
}, async () => {
	const { dataDir, cluster, running, story } = testFolder();
	const gate = join(dirname(dataDir), "may-finish");
	const first = startFakes(dataDir, { FAKE_FINISH_GATE: gate });
	await untilReady(first);
	await until("three children", () => story().length === 3);
	const { children } = running();
	const postgres = findPostmaster(cluster)!;
	first.process.kill("SIGKILL");
	await first.ended;
	// The sidecar, at its last work, outlives the web.
	await until("the end of the web", () => story().includes("web stopped"));
	writeFileSync(gate, "");
	await until("the end of the children", () => !children.some(isSameProcess));
	expect(story()).toContain("sidecar stopped, web down");
	const second = startFakes(dataDir);
	await untilReady(second);
	expect(second.said()).toContain(`Took over the Postgres that an earlier start left running (pid ${postgres.pid})`);
	second.process.kill("SIGTERM");
	expect(await second.ended).toBe(0);
	expect(findPostmaster(cluster)).toBeUndefined();
});

test("a start right after kill -9 waits for what is still in flight", { timeout: 240_000 }, async () => {
	const { dataDir, running, story } = testFolder();
	const gate = join(dirname(dataDir), "may-finish");
	const first = startFakes(dataDir, { FAKE_FINISH_GATE: gate });
	await untilReady(first);
	await until("three children", () => story().length === 3);
	const sidecar = running().children.find((child) => child.name === "sidecar")!;
	first.process.kill("SIGKILL");
	await first.ended;
	const second = startFakes(dataDir);
	await until("word that it waits", () => second.said().includes(`sidecar (pid ${sidecar.pid})`));
	await until("the old one at its last work", () => story().includes("sidecar finishing"));
	writeFileSync(gate, "");
	await untilReady(second);
	await until("a second sidecar", () => story().filter((line) => line.startsWith("sidecar started")).length === 2);
	// The old one finished before the new one began.
	const told = story();
	expect(told.indexOf("sidecar stopped, web down")).toBeLessThan(
		told.findLastIndex((line) => line.startsWith("sidecar started")),
	);
	second.process.kill("SIGTERM");
	await second.ended;
});

test("after kill -9 of everything at once the next start is as any other", { timeout: 240_000 }, async () => {
	const { dataDir, cluster, running } = testFolder();
	const first = startFakes(dataDir);
	await untilReady(first);
	const pids = [first.process.pid!, ...running().children.map((child) => child.pid), findPostmaster(cluster)!.pid];
	for (const pid of pids) process.kill(pid, "SIGKILL");
	await first.ended;
	const second = startFakes(dataDir);
	await untilReady(second);
	second.process.kill("SIGTERM");
	expect(await second.ended).toBe(0);
});

test("a child that dies is started again, and Postgres too", { timeout: 240_000 }, async () => {
	const { dataDir, cluster, running, story } = testFolder();
	const one = startFakes(dataDir);
	const address = await untilReady(one);
	const before = Number(await (await fetch(address)).text());
	process.kill(before, "SIGKILL");
	const after = await until("another web", async () => Number(await (await fetch(address)).text()));
	expect(after).not.toBe(before);
	expect(running().children.find((child) => child.name === "web")?.pid).toBe(after);

	const postgres = findPostmaster(cluster)!.pid;
	process.kill(postgres, "SIGKILL");
	await until("another Postgres", () => (findPostmaster(cluster)?.pid ?? postgres) !== postgres);
	one.process.kill("SIGTERM");
	expect(await one.ended).toBe(0);
	// It asks Postgres before it says so.
	expect(story()).toContain("sidecar stopped, web up");
});

test("a second Ctrl-C hurries, the same key heard twice does not", { timeout: 240_000 }, async () => {
	const { dataDir, cluster, story } = testFolder();
	const one = startFakes(dataDir, { FAKE_FINISH_MS: "60000" });
	await untilReady(one);
	await until("three children", () => story().length === 3);
	one.process.kill("SIGINT");
	one.process.kill("SIGINT");
	await until("the sidecar at its last work", () => story().includes("sidecar finishing"));
	let code: number | string | undefined;
	one.ended.then((value) => {
		code = value;
	});
	const askedAt = Date.now();
	await until("a hurried end", () => {
		// Once the time has passed in which two are taken for one.
		if (Date.now() - askedAt > 700) one.process.kill("SIGINT");
		return code !== undefined;
	});
	expect(code).toBe(0);
	expect(story()).not.toContain("sidecar stopped, web up");
	expect(findPostmaster(cluster)).toBeUndefined();
});

test("a program that cannot start ends it all with its own words above", { timeout: 240_000 }, async () => {
	const { dataDir, cluster } = testFolder();
	const one = startFakes(dataDir, { FAKE_WEB_FAILS: "1" });
	expect(await one.ended).toBe(1);
	expect(one.said()).toContain("web       Error: the fake web was told to fail");
	expect(one.said()).toContain("It did not become ready; the lines above say why");
	expect(findPostmaster(cluster)).toBeUndefined();
});
