import { z } from "zod";
import { randomFrom } from "#app/lib/random-from.ts";

/**
 * What a fake can be told to do with a call instead of behaving well. "take" means: it records the recipients as written
 * to and their receipts will follow; without it nothing was taken.
 */
export const DEEDS = [
	"accept",
	/** Refuses every item of the call; `status` says how (the provider's own number). */
	"refuse",
	/** 400; `culprits` names the destinations at fault, by index. `isOldShape`: the error body of older endpoints. */
	"bad-request",
	"unauthorized",
	"forbidden",
	/** 429, with `retryAfter` as the header's value where given. */
	"throttle",
	"error",
	"take-then-error",
	"never-answer",
	"take-then-hang",
	"close",
	"take-then-close-half-way",
	"rubbish",
	"take-then-rubbish",
	"take-then-truncate",
	/** Leaves out every second item of the answer. */
	"take-then-omit",
	/** Answers the items in reverse. */
	"take-then-shuffle",
] as const;

const cueSchema = z.strictObject({
	do: z.enum(DEEDS),
	on: z.enum(["send", "ask"]).default("send"),
	times: z.number().int().min(1).default(1),
	status: z.number().int().optional(),
	culprits: z.array(z.number().int().min(0)).optional(),
	isOldShape: z.boolean().optional(),
	retryAfter: z.string().optional(),
});

const range = z.tuple([z.number().min(0), z.number().min(0)]);
const share = z.number().min(0).max(1);

export const QUIRKS = ["doubled", "reversed", "early", "late", "never", "rubbish"] as const;
export type Quirk = (typeof QUIRKS)[number] | "late-success";

export const controlSchema = z.strictObject({
	/** Starts the random numbers afresh, so that a run can be repeated. */
	seed: z.number().int().optional(),
	/** Done in turn, one for each call, before anything else decides. Replaces what was left of an earlier script. */
	next: z.array(cueSchema).optional(),
	/** Shares of all calls that meet a deed. Replaces the earlier mix. */
	mix: z.array(cueSchema.omit({ times: true }).extend({ share })).optional(),
	/** How long answers to sends take, ms from and to. */
	answerMs: range.optional(),
	/** A message is not in the log before this age. */
	logDelayMs: z.number().min(0).optional(),
	receipts: z
		.strictObject({
			/** No receipts at all, not even later: for benchmarks. */
			isOff: z.boolean().optional(),
			/** Ms from the answer to the delivery report. */
			deliveryMs: range.optional(),
			/** Ms from delivery to seen. */
			seenMs: range.optional(),
			/** Results in one callback, at most. */
			batch: z.number().int().min(1).max(2000).optional(),
			/** Times the provider's own pause before it repeats a callback that was not answered 200. */
			retryScale: z.number().min(0).max(1).optional(),
			/** Shares of the messages whose receipts are odd. */
			quirks: z.partialRecord(z.enum(QUIRKS), share).optional(),
		})
		.optional(),
});

export type Cue = z.input<typeof cueSchema>;
export type ControlInput = z.input<typeof controlSchema>;

/** Which deed the next call meets: first the script, then chance. */
export class Script {
	private next: z.output<typeof cueSchema>[] = [];
	private mix: (Omit<Cue, "times"> & { share: number })[] = [];
	private random = randomFrom(1);

	tell(control: z.output<typeof controlSchema>): void {
		if (control.seed !== undefined) this.random = randomFrom(control.seed);
		if (control.next) this.next = control.next.map((cue) => ({ ...cue }));
		if (control.mix) this.mix = control.mix;
	}

	cueFor(on: "send" | "ask"): Omit<Cue, "times"> | undefined {
		const at = this.next.findIndex((cue) => cue.on === on);
		const cue = this.next[at];
		if (cue) {
			cue.times--;
			if (cue.times === 0) this.next.splice(at, 1);
			return cue;
		}
		return this.mix.length > 0 ? this.chosen(this.mix.filter((each) => each.on === on)) : undefined;
	}

	/** One of several by their shares of 1; none for the rest. */
	chosen<T extends { share: number }>(choices: T[]): T | undefined {
		let at = this.random();
		for (const choice of choices) {
			at -= choice.share;
			if (at < 0) return choice;
		}
		return undefined;
	}

	between([from, to]: readonly [number, number]): number {
		return from + this.random() * (to - from);
	}
}
