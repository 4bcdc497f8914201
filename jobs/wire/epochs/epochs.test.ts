import { afterEach, beforeEach, expect, it } from "vitest";
import { clusterState, forgetCluster, updateCluster } from "#db/cluster/cluster-state.ts";
import { loseBooks } from "#db/cluster/hear-event.ts";
import { role } from "#db/role.ts";
import { type FakeLitefs, fakeLitefs } from "#db/testing/fake-litefs.ts";
import { until } from "#jobs/testing/until.ts";
import { testWire } from "#jobs/testing/wire.ts";
import { wirePool } from "../pool.ts";
import { currentEpoch } from "./current-epoch.ts";
import { EpochLostError } from "./epoch.ts";
import { handEpoch, isHandedOver } from "./hand-epoch.ts";
import { notePosition } from "./note-position.ts";
import { openEpoch } from "./open-epoch.ts";
import { takeEpoch } from "./take-epoch.ts";
import { noteEpoch, watchEpoch } from "./watch-epoch.ts";

await testWire();

const LONG_MS = 30_000;
let litefs: FakeLitefs;
let watch: { stop(): void } | undefined;
beforeEach(async () => {
	litefs = await fakeLitefs({ JOBS_DATABASE_URL: process.env.JOBS_DATABASE_URL! });
	await wirePool().query("DELETE FROM wire.epochs");
	leadAgain();
});
afterEach(async () => {
	watch?.stop();
	await litefs.close();
});

/** This process as LiteFS has it: the primary. */
function leadAgain(): void {
	litefs.lead("n1");
	updateCluster({ heard: "primary", primary: "n1" });
}
/** Another process of the same node, which has seen nothing yet. */
function asAnotherProcess(): void {
	forgetCluster();
	leadAgain();
}

it("whoever takes the books over writes first; the others of its node when they are up to date", async () => {
	expect(await currentEpoch()).toBeNull();
	const n = await takeEpoch();
	expect(n).toBe(1);
	expect(role(), "the one that brings them up to date").toBe("primary");
	const taken = await currentEpoch();
	expect(taken).toEqual({ n: 1, node: "n1", isReady: false, isOver: false });
	noteEpoch(taken);
	expect(role()).toBe("primary");
	asAnotherProcess();
	noteEpoch(taken);
	expect(role(), "the web has to wait").toBe("unknown");
	updateCluster({ ownEpoch: 1, isOpen: true });
	await openEpoch(1);
	asAnotherProcess();
	noteEpoch(await currentEpoch());
	expect(role()).toBe("primary");
});

it("what another has taken is nobody else's, whatever LiteFS says here", async () => {
	const ours = await takeEpoch();
	await openEpoch(ours);
	await wirePool().query("INSERT INTO wire.epochs (n, node, ready_at) VALUES (2, 'n2', now())");
	noteEpoch(await currentEpoch());
	expect(role()).toBe("unknown");
	await expect(openEpoch(ours)).rejects.toThrow(EpochLostError);
	expect(await takeEpoch()).toBe(3);
	expect(role()).toBe("primary");
});

it("an answer that was asked before the books were taken over changes nothing", async () => {
	const before = { n: 1, node: "n2", isReady: true, isOver: false };
	noteEpoch(before);
	await wirePool().query("INSERT INTO wire.epochs (n, node, ready_at) VALUES (1, 'n2', now())");
	expect(await takeEpoch()).toBe(2);
	noteEpoch(before);
	expect(clusterState().epoch).toBe(2);
	expect(role()).toBe("primary");
});

it("many at once take one number each, and the last has the books", async () => {
	const all = await Promise.all(Array.from({ length: 8 }, () => takeEpoch()));
	expect([...all].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
	const { rows } = await wirePool().query("SELECT n FROM wire.epochs WHERE ended_at IS NULL");
	expect(rows).toEqual([{ n: 8 }]);
});

it("a role that went while the books were taken over leaves the gate closed", async () => {
	const taking = takeEpoch();
	loseBooks();
	leadAgain();
	await expect(taking).rejects.toThrow(EpochLostError);
	expect(role()).toBe("unknown");
});

it("a lost epoch is ended in the wire, so that no process of this node writes under it again", async () => {
	const n = await takeEpoch();
	await openEpoch(n);
	watch = watchEpoch();
	loseBooks();
	leadAgain();
	expect(role()).toBe("unknown");
	await until("it is over", LONG_MS, async () => (await currentEpoch())?.isOver);
	await expect(openEpoch(n)).rejects.toThrow(EpochLostError);
	asAnotherProcess();
	noteEpoch(await currentEpoch());
	expect(role()).toBe("unknown");
});

it("the gate opens by itself when the takeover is through", async () => {
	await wirePool().query("INSERT INTO wire.epochs (n, node) VALUES (7, 'n1')");
	watch = watchEpoch();
	await until("the epoch is known", LONG_MS, () => clusterState().epoch === 7);
	expect(role()).toBe("unknown");
	await wirePool().query("UPDATE wire.epochs SET ready_at = now()");
	await until("it is open", LONG_MS, () => role() === "primary");
});

it("books that were handed over have nothing to replay, exactly where they were and for the next alone", async () => {
	const at = { txid: 9, checksum: "a".repeat(16) };
	const n = await takeEpoch();
	await openEpoch(n);
	expect(await isHandedOver(n + 1, at), "it was not handed over yet").toBe(false);
	await handEpoch(n, "n2", at);
	await expect(handEpoch(n, "n2", at)).rejects.toThrow(EpochLostError);
	await expect(notePosition(n), "it is over").rejects.toThrow(EpochLostError);
	expect(await isHandedOver(n + 1, at)).toBe(true);
	expect(await isHandedOver(n + 1, { ...at, txid: 10 })).toBe(false);
	expect(await isHandedOver(n + 1, { ...at, checksum: "b".repeat(16) })).toBe(false);
	expect(await isHandedOver(n + 1, null)).toBe(false);
	// Whoever took them over died half way: the one after has to look.
	expect(await takeEpoch()).toBe(n + 1);
	expect(await isHandedOver(n + 2, at)).toBe(false);
});
