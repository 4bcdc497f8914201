import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { Journal } from "../../fake/journal.ts";
import { type Cue, type controlSchema, Script } from "../../fake/script.ts";
import { type Fate, fateOf } from "./fake-fates.ts";
import { FakeReceipts } from "./fake-receipts.ts";
import { isRejected, reportOf, type Taken } from "./fake-reports.ts";
import type { ReadMessage } from "./fake-request.ts";

/** Logged messages kept; of older ones only the ids remain, so that repeated ids are still told. */
const LOGGED_MAX = 300_000;
const DUPLICATE_ID = 23;
const ACCEPTED = 26;

export interface Answered {
	bulkId: string;
	items: { id: string; to: string; status: number }[];
	/** Receipts that must be out before the answer. */
	early: Promise<unknown> | undefined;
}

/** The fake's memory: what is taken, logged, used up. Knows no HTTP. */
export class FakeInfobip {
	readonly apiKey: string;
	readonly script = new Script();
	readonly journal: Journal;
	readonly receipts = new FakeReceipts(this.script);
	answerMs: [number, number] = [0, 0];

	private logDelayMs = 0;
	/** Every id that was ever answered about; null: too old for the log. */
	private ids = new Map<string, Taken | null>();
	private logged: string[] = [];
	private forgotten = 0;
	/** Numbers whose cue for one time has been met. */
	private met = new Set<string>();
	private bulks = 0;

	constructor(options: { apiKey: string; journalPath: string | undefined }) {
		this.apiKey = options.apiKey;
		this.journal = new Journal(options.journalPath);
	}

	tell(control: z.output<typeof controlSchema>): void {
		this.script.tell(control);
		this.answerMs = control.answerMs ?? this.answerMs;
		this.logDelayMs = control.logDelayMs ?? this.logDelayMs;
		if (control.receipts) this.receipts.tell(control.receipts);
	}

	/** What a number in the call does to all of it. */
	callCueOf(messages: ReadMessage[]): Omit<Cue, "times"> | undefined {
		for (const { destinations } of messages) {
			for (let at = 0; at < destinations.length; at++) {
				const { to } = destinations[at]!;
				const { call, isCallLasting } = fateOf(to);
				if (!call || this.met.has(to)) continue;
				if (!isCallLasting) this.met.add(to);
				return isCallLasting && !call.isOldShape ? { ...call, culprits: [at] } : call;
			}
		}
		return undefined;
	}

	/**
	 * Takes the messages: into the journal, into the log, receipts planned. With `refusal` it refuses each with that status.
	 * An id that was answered about before is refused and not written to again.
	 */
	take(messages: ReadMessage[], refusal: number | undefined): Answered {
		const bulkId = `b-${++this.bulks}`;
		const items: Answered["items"] = [];
		const written: Taken[] = [];
		const fates: Fate[] = [];
		const now = Date.now();
		for (const { hook, destinations } of messages) {
			for (const { to, messageId } of destinations) {
				const id = messageId ?? randomUUID();
				if (this.ids.has(id)) {
					items.push({ id, to, status: DUPLICATE_ID });
					continue;
				}
				const fate = this.presentFateOf(to);
				const answer = refusal ?? fate.answer;
				// The cue "duplicate" stands for an earlier try with this id that was taken.
				const isWritten = !isRejected(answer) || (answer === DUPLICATE_ID && refusal === undefined);
				const status = isWritten ? ACCEPTED : answer;
				const taken: Taken = { id, to, bulkId, hook, takenAtUtc: now, status, error: 0, doneAtUtc: now };
				this.remember(taken);
				items.push({ id, to, status: answer });
				if (!isWritten) continue;
				written.push(taken);
				fates.push(fate);
			}
		}
		this.journal.record(written);
		return { bulkId, items, early: this.receipts.plan(written, fates) };
	}

	/** `GET /viber/2/logs`. */
	log(query: URLSearchParams): object[] {
		const latest = Date.now() - this.logDelayMs;
		const bulkId = query.get("bulkId");
		const asked = query.getAll("messageId");
		const entries = asked.length > 0 ? asked.map((id) => this.ids.get(id)) : [...this.ids.values()];
		return entries
			.filter((taken) => taken != null)
			.filter((taken) => taken.takenAtUtc <= latest && (!bulkId || taken.bulkId === bulkId))
			.slice(0, limitOf(query))
			.map((taken) => reportOf(taken, taken.status, taken.error, taken.doneAtUtc));
	}

	/** `GET /viber/2/reports`. */
	takeReports(query: URLSearchParams): object[] {
		const id = query.get("messageId");
		const bulkId = query.get("bulkId");
		return this.receipts.takeUnpushed(
			(report) => (!id || report.messageId === id) && (!bulkId || report.bulkId === bulkId),
			limitOf(query),
		);
	}

	/** JSON. */
	journalSummary(isWhole: boolean): string {
		const summary = JSON.stringify({ ...this.journal.summary(), callbacks: this.receipts.counts });
		return isWhole ? `${summary.slice(0, -1)},"counts":${this.journal.countsText()}}` : summary;
	}

	/** Forgets everything but the file of the journal; behaves well again. */
	reset(): void {
		this.script.tell({ seed: 1, next: [], mix: [] });
		this.receipts.reset();
		this.journal.reset();
		this.answerMs = [0, 0];
		this.logDelayMs = 0;
		this.ids = new Map();
		this.logged = [];
		this.forgotten = 0;
		this.met = new Set();
	}

	async close(): Promise<void> {
		await this.receipts.close();
		this.journal.close();
	}

	private presentFateOf(to: string): Fate {
		const fate = fateOf(to);
		if (!fate.isOnce) return fate;
		if (this.met.has(to)) return { ...fate, answer: ACCEPTED };
		this.met.add(to);
		return fate;
	}

	private remember(taken: Taken): void {
		this.ids.set(taken.id, taken);
		this.logged.push(taken.id);
		if (this.logged.length - this.forgotten <= LOGGED_MAX) return;
		this.ids.set(this.logged[this.forgotten++]!, null);
		if (this.forgotten < LOGGED_MAX) return;
		this.logged.splice(0, this.forgotten);
		this.forgotten = 0;
	}
}

/** 50 unless asked for otherwise, 1000 at most, as documented. */
function limitOf(query: URLSearchParams): number {
	return Math.min(Math.max(1, Number(query.get("limit") ?? 50) || 50), 1000);
}
