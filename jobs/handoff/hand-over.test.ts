import { copyFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, expect, inject, it } from "vitest";
import { resetEnv } from "#app/lib/env.ts";
import { NODE_HEADERS, nodeToken } from "#app/lib/node-token.server.ts";
import { STEPS_PATH } from "#app/modules/standby/steps-path.ts";
import { updateCluster } from "#db/cluster/cluster-state.ts";
import { thisMoment } from "#db/cluster/lease-proof.ts";
import { holdBooks } from "#db/hold-books.ts";
import { type FakeLitefs, fakeLitefs } from "#db/testing/fake-litefs.ts";
import { inTx } from "#db/tx.ts";
import { testWire } from "#jobs/testing/wire.ts";
import { currentEpoch } from "../wire/epochs/current-epoch.ts";
import { openEpoch } from "../wire/epochs/open-epoch.ts";
import { takeEpoch } from "../wire/epochs/take-epoch.ts";
import { wirePool } from "../wire/pool.ts";
import { followers, handOver } from "./hand-over.ts";

await testWire();

const AT = { txid: 26, checksum: "a".repeat(16) };

let litefs: FakeLitefs;
let webs: Server;
/** What both webs were asked; one server is both. */
let asked: string[];
/** What the other answers when it is to lead. */
let onLead: () => Promise<number>;
/** Where the other's books are. */
let its: { txid: number; checksum: string };
let epoch: number;

beforeEach(async () => {
	process.env.SECRET_KEY ??= "5e".repeat(32);
	asked = [];
	its = AT;
	onLead = async () => 200;
	webs = createServer((req, res) => {
		const url = req.url ?? "";
		// As one of a version before, which tells nothing by itself.
		if (url === STEPS_PATH) return void res.writeHead(404).end();
		asked.push(url);
		if (req.headers[NODE_HEADERS.token] !== nodeToken()) res.writeHead(404).end();
		else if (url.includes("/position")) res.end(JSON.stringify({ position: its, checksumThen: null }));
		else if (url.includes("/lead")) void onLead().then((status) => res.writeHead(status).end("it will not"));
		else res.end();
	});
	await new Promise<void>((resolve) => webs.listen(0, "127.0.0.1", resolve));
	const at = `http://127.0.0.1:${(webs.address() as AddressInfo).port}`;
	litefs = await fakeLitefs({
		JOBS_DATABASE_URL: process.env.JOBS_DATABASE_URL!,
		CLUSTER_NODES: `n1=${at},n2=${at}`,
		CANDIDATE_NODES: "n1,n2",
		CONSUL_URL: at,
	});
	copyFileSync(inject("booksTemplate"), join(litefs.folder, "books.db"));
	litefs.lead("n1");
	updateCluster({ heard: "primary", primary: "n1", leaseSeen: thisMoment() });
	litefs.step(AT);
	await wirePool().query("DELETE FROM wire.epochs");
	epoch = await takeEpoch();
	await openEpoch(epoch);
});
afterEach(async () => {
	webs.closeAllConnections();
	await new Promise((resolve) => webs.close(resolve));
	await litefs.close();
});

const handedTo = async () => (await wirePool().query("SELECT handed_to AS to FROM wire.epochs")).rows[0].to;
const steps = () => asked.map((url) => url.replace(/^\/internal\//, "").replace(/\?.*/, ""));

it("shuts the gate, holds the lock, sees that the other has all, ends the epoch, has the other lead", async () => {
	onLead = async () => {
		expect((await currentEpoch())?.isOver, "nobody writes under it any more").toBe(true);
		await expect(holdBooks(1), "nobody else of this node writes").rejects.toThrow("does not end");
		return 200;
	};
	await handOver(epoch, "n2");
	expect(steps()).toEqual(["handoff/shut", "position", "handoff/lead", "handoff/open"]);
	expect(asked[2]).toBe(`/internal/handoff/lead?at=000000000000001a/${AT.checksum}`);
	expect(await handedTo()).toBe("n2");
});

it("leaves everything as it was where the other is behind", async () => {
	its = { txid: 26, checksum: "b".repeat(16) };
	await expect(handOver(epoch, "n2")).rejects.toThrow("n2 did not come as far as the books");
	expect(steps().at(-1)).toBe("handoff/open");
	expect((await currentEpoch())?.isOver).toBe(false);
	expect(await inTx(() => 1), "the lock is free, the epoch is ours").toBe(1);
});

it("says why where the other does not lead, and lets the lock go", async () => {
	onLead = async () => 409;
	await expect(handOver(epoch, "n2")).rejects.toThrow("n2: it will not");
	expect(steps().at(-1)).toBe("handoff/open");
	const { release } = await holdBooks(30_000);
	release();
});

it("books with claims are handed over, and not called whole", async () => {
	await inTx((tx) =>
		tx
			.sql(
				`INSERT INTO claims (batch_id, campaign_id, provider_id, first_message_id, message_count, owner, claimed_at_utc)
				 VALUES (1, 1, 1, 1, 1, 'somebody', 1)`,
			)
			.run(),
	);
	await handOver(epoch, "n2");
	expect(steps()).toContain("handoff/lead");
	expect(await handedTo()).toBeNull();
});

it("knows who may have the books", async () => {
	expect(await followers(null)).toEqual(["n2"]);
	expect(await followers("n2")).toEqual(["n2"]);
	await expect(followers("n3")).rejects.toThrow("n3 may not lead: CANDIDATE_NODES names n1, n2");
	its = { txid: 26, checksum: "b".repeat(16) };
	await expect(followers(null)).rejects.toThrow("n2 does not follow");
});

it("where a person says which node leads, the other has everything, and is not asked to lead", async () => {
	delete process.env.CONSUL_URL;
	resetEnv();
	await handOver(epoch, "n2");
	expect(steps()).toEqual(["handoff/shut", "position", "handoff/open"]);
	expect(await handedTo()).toBe("n2");
});
