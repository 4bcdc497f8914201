import { randomInt } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { addPeople, PASSWORD, PEOPLE } from "#app/testing/people.ts";
import { deposit } from "#db/testing/money.ts";
import { readBooks } from "#db/tx.ts";
import { wirePool } from "#jobs/wire/pool.ts";
import { type Answer, PageError, type PageForm, Visitor } from "./visitor.ts";

/** What the page said of a movement of money at last; "unknown": whoever asked for it went away before it said anything. */
export type Told = "two" | "one" | "unknown";

export interface Asked {
	/** In no other request. */
	note: string;
	told: Told;
	/** How often the form was sent. */
	tries: number;
}

export interface TopUp extends Asked {
	clientId: number;
	amountMicros: number;
}

/** What a number on a stop list is to those who lose it: a plain row that nobody can make up. */
export interface PlainWrite extends Asked {
	accountId: number;
	recipient: string;
}

const MICROS = 1_000_000;
const LOOPS_A_DEALER = 2;
/** One in so many goes away at the first page that is not the one it wanted. */
const LEAVES_ONE_IN = 6;
const AGAIN_MS = 100;
/** Between two deeds of one person. */
const REST_MS = [150, 400] as const;
const PURSE_MICROS = 1_000_000 * MICROS;

/** Two dealers that top their clients up, and write numbers on their stop lists, at any node that lives, for as long as they are let. */
export class Dealers {
	readonly topUps: TopUp[] = [];
	readonly plain: PlainWrite[] = [];
	private readonly nodes: () => string[];
	private readonly stopped = new AbortController();
	private loops: Promise<void>[] = [];
	private count = 0;
	private listeners = new Set<(begunAt: number, epoch: number) => void>();

	private constructor(nodes: () => string[]) {
		this.nodes = nodes;
	}

	/**
	 * Puts the dealers into the books, with money; call it before anything else is in them, on the books that this process writes.
	 *
	 * @param nodes addresses of those that live.
	 */
	static async settle(nodes: () => string[]): Promise<Dealers> {
		await addPeople();
		for (const { id, kind } of PEOPLE) if (kind === "dealer") await deposit(id, PURSE_MICROS);
		return new Dealers(nodes);
	}

	/** They sign in and begin. */
	async start(): Promise<void> {
		for (const { id, login, kind } of PEOPLE) {
			if (kind !== "dealer") continue;
			const client = PEOPLE.find(({ path }) => path === `/1/${id}/${path.split("/").at(-2)}/`)!;
			for (let i = 0; i < LOOPS_A_DEALER; i++) {
				const visitor = new Visitor();
				await visitor.signIn(this.anyNode(), login, PASSWORD);
				const loop = this.work(visitor, id, client.id);
				// Told by savedSince and stop.
				loop.catch(() => {});
				this.loops.push(loop);
			}
		}
	}

	/** They finish what they are at, and nothing is asked of the nodes any more. @throws Error where any of them saw what nobody may see */
	async stop(): Promise<void> {
		this.stopped.abort();
		await Promise.all(this.loops);
	}

	/** Resolves when something is acknowledged that was asked for after `moment` (performance.now()), or was written under an epoch after `epoch`. */
	savedSince(moment: number, epoch: number): Promise<void> {
		const saved = new Promise<void>((resolve) => {
			const listener = (begunAt: number, under: number) => {
				if (begunAt < moment && under <= epoch) return;
				this.listeners.delete(listener);
				resolve();
			};
			this.listeners.add(listener);
		});
		// Whoever saw what nobody may see does not go on.
		return Promise.race([saved, Promise.all(this.loops).then(() => saved)]);
	}

	private anyNode(): string {
		const nodes = this.nodes();
		return nodes[randomInt(nodes.length)]!;
	}

	private async work(visitor: Visitor, accountId: number, clientId: number): Promise<void> {
		while (!this.stopped.signal.aborted) {
			await this.topUp(visitor, clientId);
			await this.addStop(visitor, accountId);
			await pause(randomInt(...REST_MS));
		}
	}

	private async topUp(visitor: Visitor, clientId: number): Promise<void> {
		const n = ++this.count;
		const amountMicros = MICROS + n;
		const one: TopUp = { note: `top-up ${n}`, told: "unknown", tries: 0, clientId, amountMicros };
		const form = await this.openForm(visitor, `/dealer/accounts/${clientId}/money/top-up`, "move");
		this.topUps.push(one);
		Object.assign(form.fields, { amount: (amountMicros / MICROS).toFixed(6), note: one.note });
		await this.send(visitor, form, one, (to) => {
			if (/[?&]done=\d+&copies=2$/.test(to)) return "two";
			return /[?&]done=\d+$/.test(to) ? "one" : undefined;
		});
	}

	private async addStop(visitor: Visitor, accountId: number): Promise<void> {
		const n = ++this.count;
		const recipient = `+38050${1_000_000 + n}`;
		const one: PlainWrite = { note: `stop ${n}`, told: "unknown", tries: 0, accountId, recipient };
		const form = await this.openForm(visitor, "/dealer/stops/new", "stops");
		this.plain.push(one);
		Object.assign(form.fields, { numbers: recipient, note: one.note });
		await this.send(visitor, form, one, (to) => (/\?added=[01]&known=[01]$/.test(to) ? "one" : undefined));
	}

	/** Opens the page until it comes: nothing has been asked for yet. */
	private async openForm(visitor: Visitor, path: string, id: string): Promise<PageForm> {
		for (;;) {
			try {
				return await visitor.open(this.anyNode(), path, id);
			} catch (error) {
				if (!isPassing(error)) throw error;
				await pause(AGAIN_MS);
			}
		}
	}

	/** Sends a form until it says that it is done, as whoever sees "try again" does: the same form, at any node. Some go away instead. */
	private async send(
		visitor: Visitor,
		{ action, fields }: PageForm,
		one: Asked,
		read: (to: string) => Told | undefined,
	): Promise<void> {
		const leaves = randomInt(LEAVES_ONE_IN) === 0;
		for (;;) {
			const begunAt = performance.now();
			one.tries++;
			const answer = await visitor.post(this.anyNode(), action, fields).catch(passing);
			const told = answer?.status === 302 ? read(answer.to ?? "") : undefined;
			if (told) {
				one.told = told;
				for (const listener of [...this.listeners]) listener(begunAt, answer?.epoch ?? 0);
				return;
			}
			if (answer && !AGAIN.has(answer.status))
				throw new Error(`${one.note}: ${answer.status} ${answer.to} ${answer.text.slice(0, 2_000)}`);
			if (leaves) return;
			await pause(AGAIN_MS);
		}
	}
}

/** Pages that say "try again", and what says that nothing is known. */
const AGAIN = new Set([502, 503, 504]);

function isPassing(error: unknown): boolean {
	// What fetch throws where a connection breaks.
	return error instanceof TypeError || (error instanceof PageError && AGAIN.has(error.status));
}

function passing(error: unknown): Answer | undefined {
	if (isPassing(error)) return undefined;
	throw error;
}

/** What is wrong with what dealers were told, by the books that this process reads. */
export function toldFaults({ topUps }: Dealers): string[] {
	const rows = readBooks((tx) =>
		tx
			.sql<{ note: string; clientId: number; micros: number }>(
				`SELECT t.note, t.account_id AS clientId, p.amount_micros AS micros FROM transfers t
				   JOIN postings p ON p.transfer_id = t.id JOIN ledger_books b ON b.id = p.book_id AND b.account_id = t.account_id
				  WHERE t.kind = 'top_up' AND b.kind = 'available'`,
			)
			.all(),
	);
	const byNote = Map.groupBy(rows, ({ note }) => note);
	const faults = rows
		.filter(({ note }) => !topUps.some((one) => one.note === note))
		.map(({ note }) => `who did ${note}?`);
	for (const { note, told, clientId, amountMicros } of topUps) {
		const found = byNote.get(note) ?? [];
		if (found.length > 1) faults.push(`${note} is there ${found.length} times`);
		if (found.length === 0 && told === "two") faults.push(`${note} was on two machines, and is gone`);
		if (found.some((one) => one.clientId !== clientId || one.micros !== amountMicros))
			faults.push(`${note} is another: ${JSON.stringify(found)}`);
	}
	return faults;
}

/** What came of the deeds that were acknowledged: counts, and what is wrong with the report of what takeovers have lost. */
export async function lossReport({ topUps, plain }: Dealers) {
	const { rows } = await wirePool().query<{ entry: string }>(
		"SELECT entry::text FROM wire.lost_writes WHERE NOT is_back",
	);
	const isReported = ({ note }: Asked) => rows.some(({ entry }) => entry.includes(`"${note}"`));
	const isThere = readBooks((tx) => {
		const transfer = tx.sql("SELECT 1 FROM transfers WHERE account_id = ? AND note = ?").pluck();
		const stop = tx.sql("SELECT 1 FROM stops WHERE account_id = ? AND recipient = ? AND note = ?").pluck();
		const there = new Set<Asked>();
		for (const one of topUps) if (transfer.get(one.clientId, one.note)) there.add(one);
		for (const one of plain) if (stop.get(one.accountId, one.recipient, one.note)) there.add(one);
		return (one: Asked) => there.has(one);
	});
	const all: Asked[] = [...topUps, ...plain];
	const gone = all.filter((one) => one.told !== "unknown" && !isThere(one));
	// Whoever sent it again may have lost it the first time and not the second.
	const alarms = all.filter((one) => one.tries === 1 && isReported(one) && isThere(one));
	return {
		reported: rows.length,
		gone: gone.map(({ note }) => note),
		faults: [
			...gone.filter((one) => !isReported(one)).map(({ note }) => `${note} is gone, and nobody says so`),
			...alarms.map(({ note }) => `${note} is said to be gone, and is there`),
		],
	};
}
