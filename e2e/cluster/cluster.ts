import { type ChildProcess, execFileSync } from "node:child_process";
import { appendFileSync, chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { BOOKS_NAME } from "#db/cluster/books-path.ts";
import { type Position, parsePosition } from "#db/cluster/position.ts";
import { readInMount } from "#db/cluster/read-in-mount.ts";
import { startPostgres } from "#jobs/postgres/start-postgres.ts";
import { stopPostgres } from "#jobs/postgres/stop-postgres.ts";
import { until } from "#jobs/testing/until.ts";
import { buildTool } from "./build-tools.ts";
import { cleanUp, unmount } from "./clean-up.ts";
import { type Guard, guardRun } from "./guard-run.ts";
import { childrenOf, KeptProcesses, signal } from "./kept-processes.ts";
import { type LeaseServer, startLeaseServer } from "./lease-server.ts";
import { addressOf, HOST_ADDRESS, heal, makeNetwork, onNode, partition, SLOT } from "./network.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const FOLDER = join(tmpdir(), `tiercast-cluster-${SLOT}`);
const WEB_PORT = 3000;
const LITEFS_PORT = 20_202;
const READY_WITHIN_MS = 180_000;
const RESTART_MS = 200;
const DISK_CHUNK = Buffer.alloc(65_536);

export interface NodeInfo {
	isPrimary: boolean;
	/** Of the node that leads, as this one has it. */
	primary?: { hostname: string };
}

export type Lease = "consul" | "scripted" | "static";

export interface ClusterWish {
	/** "n1", "n2" …; three of them unless told. */
	names?: string[];
	/** "scripted": it ends when the test says so, and Consul is not needed. "static": the first of the candidates leads until appoint(). */
	lease?: Lease;
	/** "s1" …: networks of their own for what has no books (startBeside). */
	beside?: string[];
	/** Of LiteFS's lease. */
	ttl: string;
	/** Nodes that may lead; all others only follow. */
	candidates: string[];
	/** Over what every node's app is told anyway. */
	env: Record<string, string>;
}

/** Several nodes in networks of their own, each with LiteFS and the whole app, one Consul and one Postgres. One at a time on a machine. */
export class Cluster {
	readonly names: string[];
	readonly candidates: string[];
	private appointed: string;
	private readonly wish: ClusterWish;
	private readonly kept = new KeptProcesses(FOLDER);
	private readonly litefs = new Map<string, ChildProcess>();
	private postgres: Awaited<ReturnType<typeof startPostgres>> | undefined;
	private readonly disks = new Map<string, string>();
	private isClosing = false;
	private paused = new Map<string, number[]>();
	private readonly guard: Guard;
	private leases: LeaseServer | undefined;

	private constructor(wish: ClusterWish, guard: Guard) {
		this.guard = guard;
		this.wish = wish;
		this.names = wish.names ?? ["n1", "n2", "n3"];
		this.candidates = wish.candidates;
		this.appointed = wish.candidates[0]!;
	}

	/**
	 * Ends what an earlier run left, makes the networks, and starts Consul and Postgres; no node yet.
	 *
	 * @throws PlainError while another bench has the slot (REPLICATION_SLOT).
	 */
	static async open(wish: ClusterWish): Promise<Cluster> {
		const litefs = buildTool("litefs");
		const consul = (wish.lease ?? "consul") === "consul" ? buildTool("consul") : undefined;
		const cluster = new Cluster(wish, await guardRun(FOLDER));
		await cleanUp(FOLDER);
		mkdirSync(FOLDER, { mode: 0o755 });
		chmodSync(FOLDER, 0o755);
		execFileSync("ln", ["-s", litefs, join(FOLDER, "litefs")]);
		makeNetwork([...cluster.names, ...(wish.beside ?? []), ...(consul ? ["consul"] : [])]);
		if (consul) cluster.startConsul(consul);
		else if (wish.lease === "scripted") cluster.leases = await startLeaseServer(HOST_ADDRESS);
		await cluster.startWire();
		if (consul) await until("Consul leads", READY_WITHIN_MS, () => leads());
		return cluster;
	}

	/** Of Postgres, over the bridge. */
	get wireUrl(): string {
		return this.postgres!.url;
	}

	web = (name: string) => `http://${addressOf(name)}:${WEB_PORT}`;
	mount = (name: string) => join(FOLDER, name, "mount");
	logOf = (name: string) => readFileSync(join(FOLDER, `${name}.log`), "utf8");

	private startConsul(program: string): void {
		const config = join(FOLDER, "consul.hcl");
		writeFileSync(
			config,
			`server = true
bootstrap_expect = 1
data_dir = "${join(FOLDER, "consul")}"
bind_addr = "${addressOf("consul")}"
client_addr = "${addressOf("consul")}"
disable_update_check = true
session_ttl_min = "1s"
performance { raft_multiplier = 1 }
`,
		);
		this.kept.start("consul", onNode("consul", [program, "agent", `-config-file=${config}`]), {}, FOLDER);
	}

	private async startWire(): Promise<void> {
		const folder = join(FOLDER, "postgres");
		mkdirSync(folder, { mode: 0o755 });
		this.postgres = await startPostgres(folder, { shared_buffers: "64MB", max_connections: "150" });
		this.kept.keep(this.postgres.pid);
	}

	/** Starts LiteFS on a node and the app below it, and again whenever it ends with an error, as systemd or Fly would. Resolves once LiteFS answers. */
	async startNode(name: string): Promise<void> {
		this.startLitefs(name);
		await until(`LiteFS of ${name} answers`, READY_WITHIN_MS, () => this.info(name));
	}

	private startLitefs(name: string): void {
		const folder = join(FOLDER, name);
		mkdirSync(join(folder, "data"), { recursive: true });
		unmount(this.mount(name));
		const nodes = this.names.map((one) => `${one}=${this.web(one)}`).join(",");
		const env = {
			NODE_NAME: name,
			NODE_ADDRESS: addressOf(name),
			NODE_CANDIDATE: String(this.wish.lease === "static" ? name === this.appointed : this.candidates.includes(name)),
			LITEFS_DIR: this.mount(name),
			LITEFS_DATA_DIR: join(folder, "litefs"),
			LITEFS_URL: `http://${addressOf(name)}:${LITEFS_PORT}`,
			LITEFS_KEY: "tiercast/bench",
			LITEFS_TTL: this.wish.ttl,
			...this.leaseEnv(),
			CLUSTER_NODES: nodes,
			CANDIDATE_NODES: this.candidates.join(","),
			JOBS_DATABASE_URL: this.wireUrl,
			DATA_DIR: join(folder, "data"),
			HOST: "0.0.0.0",
			PORT: String(WEB_PORT),
			PROVIDER_NETWORK: "any",
			...this.wish.env,
		};
		const command = onNode(name, [join(FOLDER, "litefs"), "mount", "-config", join(root, this.configName)]);
		const litefs = this.kept.start(name, command, env, root);
		this.litefs.set(name, litefs);
		litefs.on("exit", (code) => {
			if (!code || this.isClosing) return;
			this.say(`LiteFS of ${name} ended with ${code}`);
			setTimeout(() => {
				// Unless the test was faster.
				if (this.litefs.get(name) === litefs && !this.isClosing) this.startLitefs(name);
			}, RESTART_MS);
		});
	}

	private leaseEnv(): Record<string, string> {
		if (this.wish.lease !== "static") return { CONSUL_URL: this.leases?.url ?? `http://${addressOf("consul")}:8500` };
		return { PRIMARY_NAME: this.appointed, PRIMARY_URL: `http://${addressOf(this.appointed)}:${LITEFS_PORT}` };
	}

	private get configName(): string {
		return this.wish.lease === "static" ? "litefs.static.yml" : "litefs.yml";
	}

	/** With a static lease: nodes that start from now on are told that this one leads. */
	appoint(name: string): void {
		this.appointed = name;
	}

	/** While it is down: another machine of that name, with nothing on its disks. */
	replaceMachine(name: string): void {
		rmSync(join(FOLDER, name), { recursive: true });
	}

	/** `litefs import`: what is in the file takes the place of the books of the whole cluster. */
	importBooks(name: string, file: string): void {
		const url = `http://${addressOf(name)}:${LITEFS_PORT}`;
		execFileSync(join(FOLDER, "litefs"), ["import", "-url", url, "-name", BOOKS_NAME, file]);
	}

	/** A folder that goes with the cluster. */
	folder = (name: string) => join(FOLDER, name);

	/** SIGTERM, as systemd or Fly stop a node; resolves when it is gone. */
	async stopNode(name: string): Promise<void> {
		signal(this.litefs.get(name)!.pid!, "SIGTERM");
		await this.gone(name);
	}

	/** Starts a file of ours in one of the networks beside: as on a machine that has neither LiteFS nor books. */
	startBeside(name: string, file: string, env: Record<string, string>): ChildProcess {
		const own = {
			...this.wish.env,
			DATA_DIR: "/nonexistent/no-books-here",
			PROVIDER_NETWORK: "any",
			PROCESS_NAME: name,
			...env,
		};
		return this.kept.start(name, onNode(name, [process.execPath, file]), own, root);
	}

	/** Resolves when its app answers. */
	async ready(name: string): Promise<void> {
		await until(`${name} is ready`, READY_WITHIN_MS, async () => (await ask(`${this.web(name)}/healthz`))?.ok);
	}

	/** Resolves when its sidecar waits to lead. */
	async standsBy(name: string): Promise<void> {
		await until(`${name} stands by`, READY_WITHIN_MS, () => {
			const log = this.logOf(name);
			return log.lastIndexOf("it waits to lead") > log.lastIndexOf("sending and applying");
		});
	}

	/** Undefined while LiteFS does not answer. */
	async info(name: string): Promise<NodeInfo | undefined> {
		const answer = await ask(`http://${addressOf(name)}:${LITEFS_PORT}/info`);
		return answer?.ok ? ((await answer.json()) as NodeInfo) : undefined;
	}

	position(name: string): Position | null {
		const path = join(FOLDER, name, "mount", "books.db-pos");
		try {
			return parsePosition(readInMount(path));
		} catch {
			return null;
		}
	}

	/** Name of the node that LiteFS says leads; undefined: none does, or two. */
	async primary(): Promise<string | undefined> {
		const infos = await Promise.all(this.names.map((name) => this.info(name)));
		const leading = this.names.filter((_, i) => infos[i]?.isPrimary);
		return leading.length === 1 ? leading[0] : undefined;
	}

	private processesOf(name: string): number[] {
		const pid = this.litefs.get(name)?.pid;
		return pid ? [...childrenOf(pid), pid] : [];
	}

	/** kill -9 of everything on it, as if the machine had lost its power. */
	async killNode(name: string): Promise<void> {
		for (const pid of this.processesOf(name).reverse()) signal(pid, "SIGKILL");
		await this.gone(name);
	}

	/** kill -9 of LiteFS alone; the app finds itself without its books. */
	async killLitefs(name: string): Promise<void> {
		const below = this.processesOf(name).slice(0, -1);
		signal(this.litefs.get(name)!.pid!, "SIGKILL");
		await this.gone(name);
		await until(
			`the app of ${name} ends by itself`,
			READY_WITHIN_MS,
			() => !below.some((pid) => existsSync(`/proc/${pid}`)),
		);
	}

	/** Its lease ends, as the clock would end it. Only for the scripted lease. */
	expireLease(name: string): void {
		this.leases!.expire(name);
	}

	private async gone(name: string): Promise<void> {
		const litefs = this.litefs.get(name)!;
		await until(`${name} is gone`, READY_WITHIN_MS, () => litefs.exitCode !== null || litefs.signalCode !== null);
		unmount(this.mount(name));
	}

	/** kill -9 of the web and the sidecar; their supervisor stays. */
	killApp(name: string): void {
		const [supervisor] = childrenOf(this.litefs.get(name)!.pid!).slice(-1);
		if (supervisor) for (const pid of childrenOf(supervisor)) signal(pid, "SIGKILL");
	}

	/** SIGSTOP for everything on it. */
	pause(name: string): void {
		const pids = this.processesOf(name);
		this.paused.set(name, pids);
		for (const pid of pids) signal(pid, "SIGSTOP");
	}

	resume(name: string): void {
		for (const pid of this.paused.get(name) ?? []) signal(pid, "SIGCONT");
		this.paused.delete(name);
	}

	/** Its packets to the other nodes and to Consul vanish; Postgres, and whoever calls, it still reaches. */
	partition(name: string): void {
		partition(name, [...this.names.filter((one) => one !== name).map(addressOf), addressOf("consul")]);
	}

	/** Packets between two nodes vanish; everything else both still reach. */
	part(name: string, other: string): void {
		partition(name, [addressOf(other)]);
	}

	heal(name: string): void {
		heal(name);
	}

	/** From its next start on, LiteFS of that node keeps everything on a disk of its own, empty and of so many megabytes. */
	giveDisk(name: string, megabytes: number): void {
		const folder = join(FOLDER, name, "litefs");
		mkdirSync(folder, { recursive: true });
		execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m,mode=0755`, "tmpfs", folder]);
		this.disks.set(name, folder);
	}

	/** Takes all the room that is left on it. */
	fillDisk(name: string): void {
		const filler = join(this.disks.get(name)!, "filler");
		try {
			for (;;) appendFileSync(filler, DISK_CHUNK);
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
		}
	}

	emptyDisk(name: string): void {
		rmSync(join(this.disks.get(name)!, "filler"));
	}

	/** While it is down: from its next start on it has the disk of before again, with what was on it. */
	takeDisk(name: string): void {
		unmount(this.disks.get(name)!);
		this.disks.delete(name);
	}

	/** SIGSTOP for all of Postgres: it takes connections, and says nothing. */
	pausePostgres(): void {
		const { pid } = this.postgres!;
		const pids = [pid, ...childrenOf(pid)];
		this.paused.set("postgres", pids);
		for (const one of pids) signal(one, "SIGSTOP");
	}

	resumePostgres(): void {
		this.resume("postgres");
	}

	/** Makes this node the one that leads; resolves when LiteFS says so. */
	async promote(name: string): Promise<void> {
		const answer = await fetch(`http://${addressOf(name)}:${LITEFS_PORT}/promote`, { method: "POST" });
		if (!answer.ok) throw new Error(`${name} was not promoted: ${answer.status} ${await answer.text()}`);
		await until(`${name} leads`, READY_WITHIN_MS, async () => (await this.info(name))?.isPrimary);
	}

	/** Nodes that start from now on are told so. */
	tell(name: string, value: string): void {
		this.wish.env[name] = value;
	}

	/** What a person would want to see when something went wrong. */
	say(line: string): void {
		appendFileSync(join(FOLDER, "bench.log"), `${new Date().toISOString()} ${line}\n`);
	}

	/** Leaves nothing: processes, mounts, networks, files. */
	async close(): Promise<void> {
		this.isClosing = true;
		for (const name of [...this.paused.keys()]) this.resume(name);
		for (const name of this.litefs.keys()) for (const pid of this.processesOf(name).reverse()) signal(pid, "SIGKILL");
		if (this.postgres) await stopPostgres(this.postgres);
		await cleanUp(FOLDER);
		await this.leases?.close();
		this.guard.end();
	}
}

async function leads(): Promise<boolean> {
	const answer = await ask(`http://${addressOf("consul")}:8500/v1/status/leader`);
	return answer?.ok === true && (await answer.json()) !== "";
}

async function ask(url: string): Promise<Response | undefined> {
	try {
		return await fetch(url, { signal: AbortSignal.timeout(2_000) });
	} catch {
		return undefined;
	}
}
