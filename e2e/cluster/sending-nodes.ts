import type { ChildProcess } from "node:child_process";
import { exitOf } from "#jobs/testing/sidecar-process.ts";
import { until } from "#jobs/testing/until.ts";
import { wirePool } from "#jobs/wire/pool.ts";
import type { House } from "./house.ts";
import { childrenOf, signal } from "./kept-processes.ts";
import { cutOff, HOST_ADDRESS, heal } from "./network.ts";
import { openWireDoor, type WireDoor } from "./wire-door.ts";

const WITHIN_MS = 180_000;

/** Sending nodes (`npm run sender`) in networks of their own, which reach Postgres and the providers, and no books. */
export class SendingNodes {
	private readonly house: House;
	private readonly door: WireDoor;
	private readonly nodes = new Map<string, { child: ChildProcess; id: number }>();
	/** Every sender that was seen with a batch in hand. */
	readonly seen = new Set<number>();

	private constructor(house: House, door: WireDoor) {
		this.house = house;
		this.door = door;
	}

	static async open(house: House): Promise<SendingNodes> {
		return new SendingNodes(house, await openWireDoor(house.cluster.wireUrl, HOST_ADDRESS));
	}

	close(): Promise<void> {
		return this.door.close();
	}

	/** Starts it; resolves once it is registered. */
	async join(name: string): Promise<void> {
		const known = new Set(await living());
		const child = this.house.cluster.startBeside(name, "jobs/sender.ts", { JOBS_DATABASE_URL: this.door.url });
		this.nodes.set(name, { child, id: await this.newSender(`${name} has joined`, known) });
	}

	/** Asked to end, as by a deploy: it gives back what it has not begun. @returns its exit code */
	async leave(name: string): Promise<number | NodeJS.Signals> {
		const { child } = this.nodes.get(name)!;
		child.kill("SIGTERM");
		return exitOf(child);
	}

	/** kill -9. */
	async kill(name: string): Promise<void> {
		const { child } = this.nodes.get(name)!;
		for (const pid of [...childrenOf(child.pid!), child.pid!]) signal(pid, "SIGKILL");
		await exitOf(child);
	}

	/** Its packets to Postgres vanish, those to the provider do not, until it has been given up; then it finds out and begins anew. */
	async cutOffUntilGivenUp(name: string): Promise<void> {
		const node = this.nodes.get(name)!;
		cutOff(name, HOST_ADDRESS, this.door.port);
		await until(`${name} is given up`, WITHIN_MS, async () => !(await living()).includes(node.id));
		const known = new Set(await living());
		heal(name);
		node.id = await this.newSender(`${name} begins anew`, known);
	}

	/** Resolves once any of them has a batch in hand, or `isOver`. */
	async hold(isOver: () => Promise<boolean>): Promise<void> {
		await until("a sender has a batch", WITHIN_MS, async () => {
			const { rows } = await wirePool().query<{ holder: number }>(
				"SELECT DISTINCT holder FROM wire.offers WHERE holder IS NOT NULL AND news IS NULL AND closed_at IS NULL",
			);
			for (const { holder } of rows) this.seen.add(holder);
			return rows.length > 0 || (await isOver());
		});
	}

	/** Offers of which the books do not know all yet. */
	async openOffers(): Promise<number> {
		const { rowCount } = await wirePool().query("SELECT 1 FROM wire.offers WHERE NOT is_settled");
		return rowCount ?? 0;
	}

	private newSender(what: string, known: Set<number>): Promise<number> {
		return until(what, WITHIN_MS, async () => (await living()).find((id) => !known.has(id)));
	}
}

async function living(): Promise<number[]> {
	const { rows } = await wirePool().query<{ id: number }>("SELECT id FROM wire.senders WHERE dead_at IS NULL");
	return rows.map(({ id }) => id);
}
