import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { NODE_HEADERS, nodeToken } from "#app/lib/node-token.server.ts";
import { closeBooks, writeConnection } from "#db/client.ts";
import { clusterState, updateCluster } from "#db/cluster/cluster-state.ts";
import type { Position } from "#db/cluster/position.ts";
import { type FakeLitefs, fakeLitefs } from "#db/testing/fake-litefs.ts";
import { inTx, NotPrimaryError, OutcomeUnknownError, readBooks } from "#db/tx.ts";
import { inTxOnTwo } from "./in-tx-on-two.server.ts";
import { provesPosition, type StandbyAnswer } from "./proves-position.ts";
import { STEPS_PATH } from "./steps-path.ts";

const A = "a".repeat(16);
const B = "b".repeat(16);
const BEFORE: Position = { txid: 7, checksum: B };
const AFTER: Position = { txid: 8, checksum: A };

let litefs: FakeLitefs;
let standby: Server;
/** What the other node says, one answer after the other, the last for ever; null: it hangs up. */
let answers: (StandbyAnswer | null)[];
let asked: string[];

beforeEach(async () => {
	process.env.SECRET_KEY ??= "5e".repeat(32);
	answers = [];
	asked = [];
	standby = createServer((req, res) => {
		// As one of a version before, which tells nothing by itself.
		if (req.url === STEPS_PATH) return void res.writeHead(404).end();
		const now = answers.length > 1 ? answers.shift() : answers[0];
		if (req.headers[NODE_HEADERS.token] !== nodeToken()) res.writeHead(404).end();
		else if (!now) req.socket.destroy();
		else res.end(JSON.stringify(now));
		asked.push(req.url ?? "");
	});
	await new Promise<void>((resolve) => standby.listen(0, "127.0.0.1", resolve));
	const { port } = standby.address() as AddressInfo;
	litefs = await fakeLitefs({ CLUSTER_NODES: `n2=http://127.0.0.1:${port}`, CANDIDATE_NODES: "n1,n2" });
	litefs.lead("n1");
	updateCluster({ heard: "primary", primary: "n1", epoch: 1, isOpen: true });
	writeConnection().raw.exec("CREATE TABLE rows (n INTEGER)");
	litefs.step(BEFORE);
});
afterEach(async () => {
	standby.closeAllConnections();
	await new Promise((resolve) => standby.close(resolve));
	await litefs.close();
});

/** One row, after which LiteFS says that the books are at `after`. */
const write = (after: Position | null) =>
	inTxOnTwo((tx) => {
		tx.sql("INSERT INTO rows VALUES (1)").run();
		litefs.step(after);
		return { id: 5 };
	});
const rows = () => readBooks((tx) => tx.sql("SELECT count(*) FROM rows").pluck().get());

it("is on two nodes once the other has proved that its books came by the same", async () => {
	answers = [
		{ position: BEFORE, checksumThen: null },
		{ position: AFTER, checksumThen: null },
	];
	expect(await write(AFTER)).toEqual({ id: 5, isOnTwo: true });
	expect(asked[0]).toMatch(/^\/internal\/position\?txid=8&within=\d+$/);
	expect(asked).toHaveLength(2);
});

it("is on one where the other is away, and whoever waits is told so at once", async () => {
	answers = [null];
	expect(await write(AFTER)).toEqual({ id: 5, isOnTwo: false });
	expect(rows()).toBe(1);
});

it("is on one where the other is behind, or on another line of books", async () => {
	answers = [{ position: { txid: 8, checksum: B }, checksumThen: null }];
	expect(await write(AFTER)).toEqual({ id: 5, isOnTwo: false });
});

it.each([
	["did not move", BEFORE],
	["cannot be read", null],
	["went back", { txid: 6, checksum: A }],
])("a commit after which the position %s is not called saved", async (_, after) => {
	answers = [{ position: AFTER, checksumThen: null }];
	await expect(write(after)).rejects.toThrow(OutcomeUnknownError);
	expect(asked).toEqual([]);
});

it("what was found done already waits for the other as well, and need not move the books", async () => {
	answers = [{ position: BEFORE, checksumThen: null }];
	expect(await inTxOnTwo(() => ({ id: 4 }))).toEqual({ id: 4, isOnTwo: true });
});

it("has every node that may lead confirm it", async () => {
	const { resetEnv } = await import("#app/lib/env.ts");
	process.env.CANDIDATE_NODES = "n1,n2,n3";
	resetEnv();
	answers = [{ position: AFTER, checksumThen: null }];
	expect((await write(AFTER)).isOnTwo, "nobody knows where n3 is").toBe(false);
	process.env.CANDIDATE_NODES = "n1";
	resetEnv();
	expect(await inTxOnTwo(() => ({}))).toEqual({ isOnTwo: false });
});

it("proves by number and checksum, never by the number alone", () => {
	const trail = new Map([[9, B]]);
	const proves = (position: Position | null, checksumThen: string | null = null) =>
		provesPosition(AFTER, { position, checksumThen }, trail);
	expect(proves(null)).toBe(false);
	expect(proves(BEFORE)).toBe(false);
	expect(proves(AFTER)).toBe(true);
	expect(proves({ txid: 8, checksum: B })).toBe(false);
	expect(proves({ txid: 9, checksum: B }), "ours came by that too").toBe(true);
	expect(proves({ txid: 9, checksum: A })).toBe(false);
	expect(proves({ txid: 10, checksum: B })).toBe(false);
	expect(proves({ txid: 10, checksum: B }, A)).toBe(true);
	expect(proves({ txid: 9, checksum: B }, B)).toBe(false);
});

it("what SQLite says where LiteFS took the books away is no broken disk, and the next asks a new connection", async () => {
	const before = writeConnection();
	for (const code of ["SQLITE_IOERR_WRITE", "SQLITE_READONLY_DIRECTORY", "ENOTCONN", "EIO"]) {
		const failing = inTx((tx) => {
			tx.sql("INSERT INTO rows VALUES (1)").run();
			throw Object.assign(new Error("disk I/O error"), { code });
		});
		await expect(failing, code).rejects.toThrow(NotPrimaryError);
	}
	expect(rows()).toBe(0);
	expect(writeConnection()).not.toBe(before);
	let tries = 0;
	const read = readBooks(() => {
		tries++;
		if (tries === 1) throw Object.assign(new Error("disk I/O error"), { code: "SQLITE_IOERR_READ" });
		return tries;
	});
	expect(read, "LiteFS was there again").toBe(2);
});

it("connections of before the books were lost are not used again", () => {
	const before = writeConnection();
	expect(writeConnection()).toBe(before);
	updateCluster({ losses: clusterState().losses + 1 });
	expect(writeConnection()).not.toBe(before);
	closeBooks();
});

it("nobody writes while the epoch is closed, or once it was closed during the wait for the lock", async () => {
	updateCluster({ isOpen: false });
	await expect(write(AFTER)).rejects.toThrow(NotPrimaryError);
	updateCluster({ isOpen: true });
	const { raw } = writeConnection();
	const { openConnection, booksPath } = await import("#db/client.ts");
	const other = openConnection(booksPath(), "write");
	other.raw.exec("BEGIN IMMEDIATE");
	const waiting = inTx(() => 1);
	updateCluster({ isOpen: false });
	other.raw.exec("ROLLBACK");
	other.raw.close();
	await expect(waiting).rejects.toThrow(NotPrimaryError);
	expect(raw.inTransaction).toBe(false);
});
