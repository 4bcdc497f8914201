import pg from "pg";
import { env } from "#app/lib/env.ts";
import { log } from "#app/lib/log.ts";

const AGAIN_MS = 500;
/**
 * After so long Postgres gives up a machine that lost its power or its network, and with it the lock; by itself it would wait for two hours. What
 * is only stopped answers all the same. Without a network between, it means nothing.
 */
const GIVE_UP = `SELECT set_config('tcp_keepalives_idle', '20', false), set_config('tcp_keepalives_interval', '10', false),
	set_config('tcp_keepalives_count', '4', false)`;

/**
 * A connection to Postgres of one's own that hears a channel, and holds an advisory lock where one is given, for as long as the process is there.
 * Opened again whenever it ends.
 *
 * @param onNews something was said, or may have been while it was away.
 */
export class OwnLine {
	private readonly channel: string;
	private readonly lock: { space: number; id: number } | null;
	private readonly onNews: () => void;
	private client: pg.Client | undefined;
	private timer: NodeJS.Timeout | undefined;
	private isClosed = false;

	constructor(channel: string, lock: { space: number; id: number } | null, onNews: () => void) {
		this.channel = channel;
		this.lock = lock;
		this.onNews = onNews;
	}

	/** @throws where it cannot be opened now; it is not tried again by itself then. */
	async open(): Promise<void> {
		const client = new pg.Client({ connectionString: env().JOBS_DATABASE_URL, application_name: this.channel });
		let isOver = false;
		const onOver = () => {
			if (isOver) return;
			isOver = true;
			this.reopen();
		};
		client.on("error", () => {});
		client.on("notification", () => this.onNews());
		await client.connect();
		try {
			await client.query(GIVE_UP);
			if (this.lock) await client.query("SELECT pg_advisory_lock($1, $2)", [this.lock.space, this.lock.id]);
			await client.query(`LISTEN ${this.channel}`);
		} catch (error) {
			await client.end().catch(() => {});
			throw error;
		}
		if (this.isClosed) return void (await client.end());
		client.once("end", onOver);
		client.once("error", onOver);
		this.client = client;
		this.onNews();
	}

	async close(): Promise<void> {
		this.isClosed = true;
		clearTimeout(this.timer);
		await this.client?.end().catch(() => {});
	}

	private reopen(): void {
		this.client = undefined;
		if (this.isClosed) return;
		this.timer = setTimeout(() => {
			this.open().catch((error) => {
				log.warn({ error: String(error), channel: this.channel }, "Postgres cannot be heard; tried again");
				this.reopen();
			});
		}, AGAIN_MS);
	}
}
