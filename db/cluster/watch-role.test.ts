import { chmodSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { litefsRole, role } from "#db/role.ts";
import { type FakeLitefs, fakeLitefs } from "#db/testing/fake-litefs.ts";
import { until } from "#jobs/testing/until.ts";
import { clusterState, updateCluster } from "./cluster-state.ts";
import { position } from "./position.ts";
import { primaryUrl } from "./primary-url.ts";
import { roleOf } from "./role-of.ts";
import { waitForPosition } from "./wait-for-position.ts";
import { type RoleWatch, watchRole } from "./watch-role.ts";

const LONG_MS = 30_000;
const A = "a".repeat(16);
const B = "b".repeat(16);

let litefs: FakeLitefs;
let watch: RoleWatch;
beforeEach(async () => {
	litefs = await fakeLitefs({ CLUSTER_NODES: "n1=http://127.0.0.1:1,n2=http://127.0.0.1:2" });
	watch = watchRole();
	await until("the stream is heard", LONG_MS, () => litefs.listeners() === 1);
});
afterEach(async () => {
	watch.stop();
	await litefs.close();
});

const is = (wanted: string) => until(`it is ${wanted}`, LONG_MS, () => litefsRole() === wanted);
const openGate = (epoch: number) => updateCluster({ epoch, isOpen: true });

it("is primary only where the stream, the file's mode and the epoch agree", () => {
	for (const isWritable of [true, false, null])
		for (const isOpen of [true, false]) {
			expect(roleOf("unknown", isWritable, isOpen)).toBe("unknown");
			expect(roleOf("primary", isWritable, isOpen)).toBe(isWritable !== false && isOpen ? "primary" : "unknown");
			expect(roleOf("replica", isWritable, isOpen)).toBe(isWritable === true ? "unknown" : "replica");
		}
});

it("is unknown until LiteFS says more, and while nobody leads", () => {
	expect(role()).toBe("unknown");
	expect(primaryUrl()).toBeNull();
});

it("follows who leads, and says where that one is reached", async () => {
	litefs.lead("n2");
	await is("replica");
	expect(role()).toBe("replica");
	expect(primaryUrl()).toBe("http://127.0.0.1:2");
	litefs.lead("n1");
	await is("primary");
	expect(role(), "nobody has taken the books over").toBe("unknown");
	openGate(1);
	expect(role()).toBe("primary");
	litefs.lead(undefined);
	await until("nobody is known to lead", LONG_MS, () => clusterState().heard === "unknown");
	expect(primaryUrl()).toBeNull();
	litefs.lead("n1");
	await is("primary");
	expect(role(), "what was taken over before is over").toBe("unknown");
	expect(clusterState().lostEpoch).toBe(1);
});

it("does not believe the stream against the file's mode", async () => {
	litefs.lead("n1");
	await is("primary");
	openGate(1);
	chmodSync(join(litefs.folder, "books.db"), 0o444);
	expect(role()).toBe("unknown");
	litefs.lead("n2");
	await until("another is heard to lead", LONG_MS, () => clusterState().heard === "replica");
	expect(role()).toBe("replica");
	chmodSync(join(litefs.folder, "books.db"), 0o666);
	expect(role()).toBe("unknown");
});

it("a broken stream is unknown; the same LiteFS at once after it leads on, another one does not", async () => {
	litefs.lead("n1");
	await is("primary");
	openGate(3);
	litefs.setAway(true);
	litefs.cut({ isNew: true });
	await is("unknown");
	expect(role()).toBe("unknown");
	litefs.setAway(false);
	await is("primary");
	expect(role(), "another process: its newest transactions may be gone").toBe("unknown");
	expect(clusterState().lostEpoch).toBe(3);
});

it("reads the position, and knows which checksums its books have come by", async () => {
	expect(position()).toBeNull();
	litefs.step({ txid: 10, checksum: A });
	litefs.step({ txid: 11, checksum: B });
	expect(position()).toEqual({ txid: 11, checksum: B });
	await until("both are known", LONG_MS, () => clusterState().trail.size === 2);
	litefs.step({ txid: 10, checksum: B });
	await until("a number that comes again begins another line", LONG_MS, () => clusterState().trail.get(10) === B);
	expect([...clusterState().trail]).toEqual([[10, B]]);
	expect(await waitForPosition({ txid: 10 }, LONG_MS)).toBe(true);
	expect(await waitForPosition({ txid: 11 }, 1)).toBe(false);
	litefs.step(null);
	expect(await waitForPosition({ txid: 1 }, 1)).toBe(false);
});

it("the position is the newest, of an open file as well, and of another LiteFS's file once that is heard", async () => {
	litefs.lead("n1");
	await is("primary");
	for (const txid of [1, 2]) {
		litefs.step({ txid, checksum: A });
		expect(position()).toEqual({ txid, checksum: A });
	}
	litefs.step(null);
	expect(position()).toBeNull();
	litefs.step({ txid: 3, checksum: A });
	expect(position()?.txid).toBe(3);
	const { stream } = clusterState();
	rmSync(join(litefs.folder, "books.db-pos"));
	litefs.cut({ isNew: true });
	await until("another stream is heard", LONG_MS, () => clusterState().stream > stream);
	expect(position(), "the open one is gone with its LiteFS").toBeNull();
	litefs.step({ txid: 9, checksum: B });
	expect(position()).toEqual({ txid: 9, checksum: B });
});
