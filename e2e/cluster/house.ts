import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type Fake, startFake } from "#app/channels/viber/infobip/fake.ts";
import { closeBooks } from "#db/client.ts";
import { type TestTenant, testCampaign, testPhones, testProvider } from "#db/testing/campaign.ts";
import { deposit, moneyFaults, priceCampaign, underDealers } from "#db/testing/money.ts";
import { recount } from "#db/testing/recount.ts";
import { readBooks } from "#db/tx.ts";
import { until } from "#jobs/testing/until.ts";
import { closeWire, wirePool } from "#jobs/wire/pool.ts";
import type { WrittenEntry } from "#jobs/wire/writes/written-entry.ts";
import { startBalancer } from "./balancer.ts";
import { whyNoCluster } from "./build-tools.ts";
import { Cluster, type Lease } from "./cluster.ts";
import { newEpoch, type OpenEpoch, openEpochOf, useBooksOf } from "./leading.ts";
import { HOST_ADDRESS } from "./network.ts";

/** What the client and the two dealers above it pay for one message. */
const UNITS = [10, 7, 4] as const;
const SECRET_KEY = "5e".repeat(32);
const FIRST_PHONE = 1_000_000;

/** A campaign that costs money, and who is in it. */
export interface Campaign {
	of: TestTenant;
	phones: string[];
}

export interface HouseWish {
	/** "n1", "n2" … of which the first two may lead; three unless told. */
	names?: string[];
	lease?: Lease;
	/** Only the first is started; bringBack() starts others. */
	isFirstAlone?: boolean;
	/** "s1" …: networks for what has no books. */
	beside?: string[];
}

/** Three nodes, unless told otherwise, of which the first two may lead; a provider that is asked about, and callbacks that come to any node. */
export class House {
	readonly cluster: Cluster;
	readonly fake: Fake;
	/** The newest that was seen; its node leads. */
	epoch: OpenEpoch = { n: 0, node: "", takenAt: 0, readyAt: 0, report: {} };
	private readonly balancer: Awaited<ReturnType<typeof startBalancer>>;
	private readonly alive: Set<string>;
	private peopleSoFar = 0;

	private constructor(cluster: Cluster, fake: Fake, balancer: House["balancer"], alive: Set<string>) {
		this.cluster = cluster;
		this.fake = fake;
		this.balancer = balancer;
		this.alive = alive;
	}

	/** @throws Error that says in one line why no cluster can run here. */
	static async open({ names, lease, isFirstAlone, beside }: HouseWish = {}): Promise<House> {
		const reason = whyNoCluster((lease ?? "consul") === "consul" ? "whole" : "short");
		if (reason) throw new Error(`no cluster can run here: ${reason}`);
		process.env.SECRET_KEY = SECRET_KEY;
		const cluster = await Cluster.open({
			names,
			lease,
			beside,
			// A scripted one ends when it is told to; its nodes must only not doubt it, however busy the machine is.
			ttl: lease === "scripted" ? "60s" : "3s",
			candidates: ["n1", "n2"],
			env: {
				SECRET_KEY,
				LOG_LEVEL: "info",
				ASK_AFTER_MS: "500",
				CALL_TIMEOUT_MS: "2000",
				SWEEP_INTERVAL_MS: "500",
				FAILOVER_STEP_MS: "500",
			},
		});
		const alive = new Set<string>();
		const balancer = await startBalancer(HOST_ADDRESS, () => [...alive].map(cluster.web));
		cluster.tell("PUBLIC_URL", balancer.url);
		const fake = await startFake({ apiKey: "test-key", host: HOST_ADDRESS });
		const house = new House(cluster, fake, balancer, alive);
		await cluster.startNode("n1");
		useBooksOf(cluster, "n1");
		house.epoch = await newEpoch(0);
		const [first, ...others] = cluster.names;
		const started = isFirstAlone ? [first!] : [first!, ...others];
		for (const name of started.slice(1)) await cluster.startNode(name);
		for (const name of started) {
			await cluster.ready(name);
			alive.add(name);
		}
		return house;
	}

	async close(): Promise<void> {
		closeBooks();
		await closeWire();
		await this.cluster.close();
		await this.fake.close();
		await this.balancer.close();
	}

	/** Everybody may be sent to from now on; the nodes prepare and send it by themselves. */
	async campaign(people: number, bulkSize = 20, connections = 2): Promise<Campaign> {
		useBooksOf(this.cluster, this.epoch.node);
		if (this.peopleSoFar === 0) await testProvider(this.fake.baseUrl, { bulkSize, connections });
		// Nobody is in two campaigns: each is to be written to once.
		const phones = testPhones(people, FIRST_PHONE + this.peopleSoFar);
		this.peopleSoFar += people;
		const of = await testCampaign(phones);
		const dealers = await underDealers(of.accountId, 2);
		await deposit(of.accountId, UNITS[0] * people);
		const tiers = [of.accountId, ...dealers].map((accountId, at) => ({ accountId, unitMicros: UNITS[at]! }));
		await priceCampaign(of, { chargeOn: "accepted", refunds: true }, [{ tiers, quantity: people }]);
		closeBooks();
		return { of, phones };
	}

	/** Whoever leads by now sends: a node that has lost its proof for a moment goes on under another epoch than the one that was seen. */
	async sends(): Promise<void> {
		this.epoch = await until("a node leads and sends", 300_000, async () => {
			const open = await openEpochOf();
			const { rowCount } = await wirePool().query("SELECT 1 FROM wire.intents WHERE epoch = $1 LIMIT 1", [
				open?.n ?? 0,
			]);
			return rowCount === 1 ? open : undefined;
		});
	}

	/**
	 * Does something to the node that leads, and waits until the books are written again.
	 *
	 * @returns milliseconds from before `strike` until then.
	 */
	async takenFrom(strike: (name: string) => Promise<void> | void): Promise<number> {
		const began = performance.now();
		await strike(this.epoch.node);
		this.epoch = await newEpoch(this.epoch.n);
		const tookMs = Math.round(performance.now() - began);
		this.say(`epoch ${this.epoch.n} by ${this.epoch.node} after ${tookMs} ms: ${JSON.stringify(this.epoch.report)}`);
		return tookMs;
	}

	/** Whoever leads by now, under an epoch after that one. */
	async seeEpoch(after = this.epoch.n - 1): Promise<void> {
		this.epoch = await newEpoch(after);
	}

	/** Addresses of the webs that a visitor may be sent to. */
	living = () => [...this.alive].map(this.cluster.web);

	/** LiteFS alone dies; the app on it finds out by itself. */
	async loseLitefs(name: string): Promise<void> {
		this.alive.delete(name);
		await this.cluster.killLitefs(name);
	}

	/** Ends it in good order, as a deploy does. */
	async stop(name: string): Promise<void> {
		await this.cluster.stopNode(name);
		this.alive.delete(name);
	}

	/** As if its machine had lost its power. */
	async lose(name: string): Promise<void> {
		this.alive.delete(name);
		await this.cluster.killNode(name);
	}

	/** Starts it again; resolves when its books are as far as those of the node that led when it began. */
	async bringBack(name: string): Promise<void> {
		await this.start(name);
		await this.follows(name);
	}

	/** Starts it; resolves when its app answers. */
	async start(name: string): Promise<void> {
		await this.cluster.startNode(name);
		await this.cluster.ready(name);
		this.alive.add(name);
	}

	/** Its books have come as far as the books of the node that leads were at this moment. */
	async follows(name: string): Promise<void> {
		const goal = await until("the node that leads has a position", 180_000, () =>
			this.cluster.position(this.epoch.node),
		);
		await until(`${name} follows`, 180_000, () => (this.cluster.position(name)?.txid ?? 0) >= goal.txid);
	}

	async isDone(of: TestTenant): Promise<boolean> {
		useBooksOf(this.cluster, this.epoch.node);
		const row = readBooks((tx) =>
			tx.sql<{ state: string }>("SELECT state FROM campaigns WHERE id = ?").get(of.campaignId),
		);
		closeBooks();
		return row?.state === "done";
	}

	/** Entries of the audit that the books have lost for good, by what the takeovers reported: they, and no others, are not in the books. */
	async lostWrites(): Promise<WrittenEntry[]> {
		const { rows } = await wirePool().query<{ entry: string }>(
			"SELECT entry FROM wire.lost_writes WHERE NOT is_back ORDER BY id",
		);
		return rows.map(({ entry }) => JSON.parse(entry) as WrittenEntry);
	}

	/** What is wrong once a campaign is done: whom the provider was not told about exactly once, what does not add up, who wrote out of turn. */
	async faults({ of, phones }: Campaign): Promise<string[]> {
		const faults = phones
			.map((phone) => [phone, this.fake.provider.journal.countOf(phone)] as const)
			.filter(([, count]) => count !== 1)
			.map(([phone, count]) => `${phone} was written to ${count} times`);
		const { rows } = await wirePool().query<{ epoch: number; batchId: number }>(
			`SELECT i.epoch, i.batch_id AS "batchId" FROM wire.intents i LEFT JOIN wire.epochs e ON e.n = i.epoch
			  WHERE e.n IS NULL OR i.at < e.ready_at OR i.at > e.ended_at`,
		);
		for (const { epoch, batchId } of rows) faults.push(`batch ${batchId} was written outside of its epoch ${epoch}`);
		useBooksOf(this.cluster, this.epoch.node);
		const { kept, counted } = recount(of.campaignId);
		for (const [figure, count] of Object.entries(counted))
			if (kept[figure] !== count) faults.push(`${figure}: ${kept[figure]} in the counter, ${count} counted`);
		faults.push(...moneyFaults());
		closeBooks();
		return faults;
	}

	/** `npm run prove` on the books of the node that leads; what it says. @throws Error where they are not right */
	prove(): string {
		return execFileSync("npm", ["run", "--silent", "prove"], {
			cwd: fileURLToPath(new URL("../../", import.meta.url)),
			env: { ...process.env, DATA_DIR: this.cluster.mount(this.epoch.node) },
			encoding: "utf8",
		});
	}

	say(line: string): void {
		this.cluster.say(line);
		console.log(line);
	}
}
