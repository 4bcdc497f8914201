import { CallbackPoster } from "../../fake/callback-poster.ts";
import { Schedule } from "../../fake/schedule.ts";
import { QUIRKS, type Quirk, type Script } from "../../fake/script.ts";
import type { Fate } from "./fake-fates.ts";
import { reportOf, seenOf, type Taken } from "./fake-reports.ts";

const UNPUSHED_MAX = 100_000;
const LATE_TIMES = 10;
const NOT_DELIVERED = 9;

export interface ReceiptSettings {
	isOff: boolean;
	deliveryMs: [number, number];
	seenMs: [number, number];
	batch: number;
	quirks: Partial<Record<Quirk, number>>;
}

const DEFAULTS: ReceiptSettings = {
	isOff: false,
	deliveryMs: [300, 1500],
	seenMs: [2000, 8000],
	batch: 100,
	quirks: {},
};

interface Event {
	taken: Taken;
	/** "silent": the log knows, nobody is told. */
	kind: "report" | "silent" | "seen" | "rubbish";
	status: number;
	error: number;
	/** When it happened: once it is due. */
	atUtc: number;
}

type Report = ReturnType<typeof reportOf>;

/** Plans the receipts of what was taken and sends them out when they are due. */
export class FakeReceipts {
	readonly poster = new CallbackPoster();
	private settings = DEFAULTS;
	private unpushed: Report[] = [];
	private readonly schedule = new Schedule<Event>((due) => this.run(due));
	private readonly script: Script;

	constructor(script: Script) {
		this.script = script;
	}

	tell(settings: Partial<ReceiptSettings> & { retryScale?: number }): void {
		const { retryScale, ...rest } = settings;
		this.settings = { ...this.settings, ...rest };
		if (retryScale !== undefined) this.poster.retryScale = retryScale;
	}

	/** @returns what must have been told before the send is answered, where there is such. */
	plan(written: Taken[], fates: Fate[]): Promise<unknown> | undefined {
		if (this.settings.isOff) return undefined;
		const early: Event[] = [];
		for (let i = 0; i < written.length; i++) {
			const event = this.planOne(written[i]!, fates[i]!);
			if (event) early.push(event);
		}
		if (early.length === 0) return undefined;
		return Promise.all(this.callsFor(early).map(({ url, body }) => this.poster.postNow(url, body)));
	}

	private planOne(taken: Taken, fate: Fate): Event | undefined {
		if (fate.report === undefined) return undefined;
		const quirk = fate.quirk ?? this.chanceQuirk();
		const times = quirk === "late" ? LATE_TIMES : 1;
		const report: Event = { taken, kind: "report", status: fate.report, error: fate.error ?? 0, atUtc: 0 };
		const seen: Event = { taken, kind: "seen", status: 0, error: 0, atUtc: 0 };
		const deliveryMs = this.script.between(this.settings.deliveryMs) * times;
		const seenMs = deliveryMs + this.script.between(this.settings.seenMs) * times;
		if (quirk === "never") {
			this.schedule.after(deliveryMs, { ...report, kind: "silent" });
			return undefined;
		}
		if (quirk === "rubbish") this.schedule.after(deliveryMs / 2, { ...report, kind: "rubbish" });
		if (quirk === "late-success") {
			this.schedule.after(deliveryMs, { ...report, status: NOT_DELIVERED });
			this.schedule.after(seenMs, report);
			this.schedule.after(seenMs + deliveryMs, seen);
			return undefined;
		}
		const isReversed = quirk === "reversed" && fate.isSeen;
		if (quirk !== "early") this.schedule.after(isReversed ? seenMs : deliveryMs, report);
		if (fate.isSeen) this.schedule.after(isReversed ? deliveryMs : seenMs, seen);
		if (quirk === "doubled") {
			this.schedule.after(deliveryMs * 2, report);
			if (fate.isSeen) this.schedule.after(seenMs + deliveryMs, seen);
		}
		return quirk === "early" ? report : undefined;
	}

	private chanceQuirk(): Quirk | undefined {
		const { quirks } = this.settings;
		const choices = QUIRKS.map((quirk) => ({ quirk, share: quirks[quirk] ?? 0 })).filter(({ share }) => share > 0);
		return choices.length > 0 ? this.script.chosen(choices)?.quirk : undefined;
	}

	private run(due: Event[]): void {
		for (const { url, body } of this.callsFor(due)) this.poster.post(url, body);
	}

	/** Notes in the log what the events say, and gathers what goes to one address into as few calls as allowed. */
	private callsFor(events: Event[]): { url: string; body: () => string }[] {
		const now = Date.now();
		const byUrl = new Map<string, Event[]>();
		const calls: { url: string; body: () => string }[] = [];
		for (const event of events) {
			const { taken, kind, status, error } = event;
			const { deliveryUrl, seenUrl } = taken.hook;
			event.atUtc = now;
			if (kind === "rubbish") {
				if (deliveryUrl) calls.push({ url: deliveryUrl, body: () => `{"results":[{"messageId":"${taken.id}"` });
			} else if (kind === "seen") {
				if (seenUrl) gather(byUrl, seenUrl, event);
			} else {
				Object.assign(taken, { status, error, doneAtUtc: now });
				if (kind === "silent") continue;
				if (deliveryUrl) gather(byUrl, deliveryUrl, event);
				else this.keepUnpushed(reportOf(taken, status, error, now));
			}
		}
		const { batch } = this.settings;
		for (const [url, all] of byUrl) {
			for (let from = 0; from < all.length; from += batch) {
				const some = all.slice(from, from + batch);
				calls.push({ url, body: () => JSON.stringify({ results: some.map(resultOf) }) });
			}
		}
		return calls;
	}

	private keepUnpushed(report: Report): void {
		if (this.unpushed.length < UNPUSHED_MAX) this.unpushed.push(report);
	}

	/** `GET /viber/2/reports`: each once, and only those that no webhook got. */
	takeUnpushed(isWanted: (report: Report) => boolean, limit: number): Report[] {
		const wanted = new Set(this.unpushed.filter(isWanted).slice(0, limit));
		this.unpushed = this.unpushed.filter((report) => !wanted.has(report));
		return [...wanted];
	}

	get counts() {
		return { ...this.poster.counts, waiting: this.poster.pending, planned: this.schedule.size };
	}

	reset(): void {
		this.schedule.clear();
		this.poster.clear();
		this.unpushed = [];
		this.settings = DEFAULTS;
	}

	async close(): Promise<void> {
		this.schedule.close();
		await this.poster.close();
	}
}

function resultOf({ taken, kind, status, error, atUtc }: Event): object {
	return kind === "seen" ? seenOf(taken, atUtc) : reportOf(taken, status, error, atUtc);
}

function gather(byUrl: Map<string, Event[]>, url: string, event: Event): void {
	const known = byUrl.get(url);
	if (known) known.push(event);
	else byUrl.set(url, [event]);
}
