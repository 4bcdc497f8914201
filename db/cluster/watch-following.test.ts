import { afterEach, beforeEach, expect, it } from "vitest";
import { type FakeConsul, fakeConsul } from "#db/testing/fake-consul.ts";
import { type FakeLitefs, fakeLitefs } from "#db/testing/fake-litefs.ts";
import { until } from "#jobs/testing/until.ts";
import { clusterState } from "./cluster-state.ts";
import { watchFollowing } from "./watch-following.ts";
import { type RoleWatch, watchRole } from "./watch-role.ts";

const LONG_MS = 60_000;

let litefs: FakeLitefs;
let consul: FakeConsul;
let watches: { stop(): void }[];
let dead: string[];

async function begin(candidates: string): Promise<void> {
	litefs = await fakeLitefs({ CONSUL_URL: consul.url, CANDIDATE_NODES: candidates });
	const watch: RoleWatch = watchRole();
	dead = [];
	watches = [watch, watchFollowing((followed, times) => dead.push(`${followed} ${times}`))];
	litefs.lead("n2");
	await until("LiteFS is heard to follow n2", LONG_MS, () => clusterState().heard === "replica");
}
beforeEach(async () => {
	consul = await fakeConsul();
});
afterEach(async () => {
	for (const watch of watches) watch.stop();
	await litefs.close();
	await consul.close();
});

const isDead = () => until("the stream is taken for dead", LONG_MS, () => dead.length > 0);
/** Enough questions for whoever would be wrong after one too few. */
async function asksOften(): Promise<void> {
	const goal = consul.asked() + 6;
	await until("it has asked six times", LONG_MS, () => consul.asked() >= goal);
}

it("takes a stream for dead whose node has lost the lease to another, and not before", async () => {
	consul.give("n2");
	await begin("n2,n3");
	await asksOften();
	expect(dead).toEqual([]);
	consul.give("n3");
	await until("and that it still is", LONG_MS, () => dead.length >= 2);
	expect(dead.slice(0, 2)).toEqual(["n2 1", "n2 2"]);
});

it("where nobody has the lease, only who may lead begins anew: the others would find nobody to follow", async () => {
	await begin("n2,n3");
	await asksOften();
	expect(dead).toEqual([]);
});

it("who may lead begins anew where nobody has the lease", async () => {
	await begin("n1,n2");
	await isDead();
});

it("does not mind a Consul that does not answer, nor a LiteFS that moves by itself", async () => {
	consul.give("n3");
	consul.setSilent(true);
	await begin("n1,n2");
	await until("it has asked", LONG_MS, () => consul.asked() > 0);
	litefs.lead(undefined);
	await until("nobody is heard to lead", LONG_MS, () => clusterState().heard === "unknown");
	consul.setSilent(false);
	litefs.lead("n3");
	await until("LiteFS follows the one that leads", LONG_MS, () => clusterState().primary === "n3");
	await asksOften();
	expect(dead).toEqual([]);
});
