import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { resetEnv } from "#app/lib/env.ts";
import { closeBooks } from "#db/client.ts";
import { BOOKS_NAME } from "#db/cluster/books-path.ts";
import { forgetCluster } from "#db/cluster/cluster-state.ts";
import { type Position, position } from "#db/cluster/position.ts";

export interface FakeLitefs {
	folder: string;
	url: string;
	/** Says who leads and gives the file its mode: undefined, nobody known; the own name, this node. */
	lead(name: string | undefined): void;
	/** The position that the books are said to have, and its event. null: it cannot be read. */
	step(position: Position | null, how?: { isSilent: boolean }): void;
	/** From now on each transaction that writes something is a step of its own, as LiteFS counts them; each with a checksum of its own. */
	countCommits(): void;
	/** Cuts the streams. Another process of LiteFS begins when `isNew`. */
	cut(how: { isNew: boolean }): void;
	/** While true nobody is answered. */
	setAway(isAway: boolean): void;
	/** It has gone, and its mount with it; `false`: another process of it is there, with the same books. */
	setDead(isDead: boolean): void;
	/** How many listen to its events. */
	listeners(): number;
	close(): Promise<void>;
}

const random = () => randomBytes(8).toString("hex");
const hex = (txid: number) => txid.toString(16).padStart(16, "0");

/**
 * What a process sees of a LiteFS of its own: a mount folder and the HTTP interface, scripted by a test. The environment is set to it until
 * it is closed.
 */
export async function fakeLitefs(settings: Record<string, string> = {}): Promise<FakeLitefs> {
	const folder = mkdtempSync(join(tmpdir(), "litefs-"));
	const streams = new Set<ServerResponse>();
	let leads: string | undefined;
	let began = 1;
	let isAway = false;
	const own = () => process.env.NODE_NAME;
	const state = () => ({ isPrimary: leads === own(), hostname: leads === own() ? undefined : leads });
	const say = (one: object) => {
		for (const stream of streams) stream.write(`${JSON.stringify(one)}\n`);
	};
	const server = createServer((req, res) => {
		if (isAway) req.socket.destroy();
		else if (req.url === "/metrics") res.end(`# a comment\nprocess_start_time_seconds ${began}\n`);
		else {
			res.writeHead(200, { "Content-Type": "application/json" });
			res.write(`${JSON.stringify({ type: "init", data: state() })}\n`);
			streams.add(res);
			res.on("close", () => streams.delete(res));
		}
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const file = join(folder, BOOKS_NAME);
	const aside = join(folder, "not-mounted");
	const before = { ...process.env };
	Object.assign(process.env, { LITEFS_DIR: folder, LITEFS_URL: url, NODE_NAME: "n1" }, settings);
	resetEnv();
	closeBooks();
	forgetCluster();
	const step = (position: Position | null, how?: { isSilent: boolean }) => {
		if (!position) {
			// Whoever has it open cannot read it either.
			writeFileSync(`${file}-pos`, "");
			rmSync(`${file}-pos`);
		} else {
			writeFileSync(`${file}-pos`, `${hex(position.txid)}/${position.checksum}\n`);
			const data = { txID: hex(position.txid), postApplyChecksum: position.checksum };
			if (!how?.isSilent) say({ type: "tx", db: BOOKS_NAME, data });
		}
	};
	const cut: FakeLitefs["cut"] = ({ isNew }) => {
		if (isNew) began++;
		for (const stream of streams) stream.destroy();
	};
	const { exec } = Database.prototype;
	return {
		folder,
		url,
		lead(name) {
			leads = name;
			writeFileSync(file, "", { flag: "a" });
			chmodSync(file, leads === own() ? 0o666 : 0o444);
			say({ type: "primaryChange", data: state() });
		},
		step,
		countCommits() {
			const written = new WeakMap<Database.Database, number>();
			Database.prototype.exec = function (sql) {
				const changes = () => this.prepare("SELECT total_changes()").pluck().get() as number;
				if (sql.startsWith("BEGIN")) written.set(this, changes());
				const hasWritten = sql === "COMMIT" && changes() !== written.get(this);
				exec.call(this, sql);
				if (hasWritten) step({ txid: (position()?.txid ?? 0) + 1, checksum: random() });
				return this;
			};
		},
		cut,
		setAway(away) {
			isAway = away;
		},
		setDead(isDead) {
			isAway = isDead;
			if (isDead) {
				renameSync(file, aside);
				cut({ isNew: true });
			} else renameSync(aside, file);
		},
		listeners: () => streams.size,
		async close() {
			Database.prototype.exec = exec;
			closeBooks();
			for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
			Object.assign(process.env, before);
			resetEnv();
			forgetCluster();
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
			rmSync(folder, { recursive: true, force: true });
		},
	};
}
