import { afterEach, beforeEach, expect, it } from "vitest";
import { litefsRole, role } from "#db/role.ts";
import { type FakeConsul, fakeConsul } from "#db/testing/fake-consul.ts";
import { type FakeLitefs, fakeLitefs } from "#db/testing/fake-litefs.ts";
import { inTx, NotPrimaryError } from "#db/tx.ts";
import { until } from "#jobs/testing/until.ts";
import { clusterState, updateCluster } from "./cluster-state.ts";
import { isLeaseProven, leaseHoldsMs } from "./lease-proof.ts";
import { type RoleWatch, watchRole } from "./watch-role.ts";

const LONG_MS = 60_000;
const TTL_MS = 1_000;

let litefs: FakeLitefs;
let consul: FakeConsul;
let watch: RoleWatch;

async function begin(ttl = `${TTL_MS}ms`): Promise<void> {
	litefs = await fakeLitefs({ CONSUL_URL: consul.url, LITEFS_TTL: ttl });
	watch = watchRole();
	await until("the stream is heard", LONG_MS, () => litefs.listeners() === 1);
	litefs.lead("n1");
	await until("LiteFS says that it leads", LONG_MS, () => litefsRole() === "primary");
	updateCluster({ epoch: 4, isOpen: true });
}
beforeEach(async () => {
	consul = await fakeConsul();
});
afterEach(async () => {
	watch.stop();
	await litefs.close();
	await consul.close();
});

const is = (wanted: string) => until(`it is ${wanted}`, LONG_MS, () => role() === wanted);

/** As a process does that computes for long, or was paused. */
function stall(ms: number): void {
	const wakeAt = performance.now() + ms;
	while (performance.now() < wakeAt);
}

it("leads only while Consul says that the lease is its own, whatever LiteFS says, and keeps its epoch meanwhile", async () => {
	await begin();
	expect(role(), "nobody has the lease").toBe("unknown");
	consul.give("n1");
	await is("primary");
	consul.give("n2");
	await is("unknown");
	expect(litefsRole()).toBe("primary");
	consul.give("n1");
	await is("primary");
	expect(clusterState()).toMatchObject({ epoch: 4, isOpen: true, lostEpoch: 0 });
});

it("leads no longer once its packets to Consul vanish, and again when they do not", async () => {
	consul.give("n1");
	await begin();
	await is("primary");
	consul.setSilent(true);
	await is("unknown");
	expect(litefsRole()).toBe("primary");
	// Not at once: an answer of before may still be on its way.
	const refusal = () =>
		inTx(() => 1).then(
			() => undefined,
			(error) => error,
		);
	expect(await until("it writes nothing", LONG_MS, refusal)).toBeInstanceOf(NotPrimaryError);
	consul.setSilent(false);
	await is("primary");
	expect(clusterState()).toMatchObject({ isOpen: true, lostEpoch: 0 });
});

it("does not lead right after it was paused for longer than the lease, before it has asked", async () => {
	consul.give("n1");
	await begin();
	await is("primary");
	stall(TTL_MS);
	expect(role()).toBe("unknown");
	await is("primary");
});

it("a busy process hears its answers late, and goes on leading: questions do not wait for each other", async () => {
	consul.give("n1");
	await begin("60s");
	await is("primary");
	const before = consul.asked();
	await until("it asks again, between its stalls", LONG_MS, () => {
		stall(100);
		expect(role()).toBe("primary");
		return consul.asked() >= before + 2;
	});
});

it("writes nothing in whose midst the lease ran out", async () => {
	consul.give("n1");
	await begin("60s");
	await is("primary");
	const written = inTx((tx) => {
		tx.sql("CREATE TABLE half_way (id INTEGER)").run();
		// As if it had been paused in here.
		clusterState().leaseSeen!.tickMs -= 60_000;
	});
	await expect(written).rejects.toThrow("the lease ran out");
	await is("primary");
	await inTx((tx) => tx.sql("CREATE TABLE half_way (id INTEGER)").run());
});

it("counts by the clock that has gone further, from before Consul was asked", async () => {
	await begin("60s");
	const at = (utcAgoMs: number, tickAgoMs: number) => {
		clusterState().leaseSeen = { utcMs: Date.now() - utcAgoMs, tickMs: performance.now() - tickAgoMs };
		return isLeaseProven();
	};
	expect(leaseHoldsMs()).toBe(54_000);
	expect(at(0, 0)).toBe(true);
	expect(at(54_000, 0)).toBe(false);
	expect(at(0, 54_000)).toBe(false);
	expect(at(-3_600_000, 0), "somebody has set the clock back").toBe(true);
});
