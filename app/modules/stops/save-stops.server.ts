import { parseWithZod } from "@conform-to/zod/v4";
import type { FormReply } from "#app/lib/form-reply.ts";
import { issue } from "#app/lib/issue.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireOwnRight } from "#app/modules/access/require-right.ts";
import { mayUseSender } from "#app/modules/campaigns/allowed-senders.server.ts";
import { readBooks } from "#db/tx.ts";
import { addStops } from "./add-stops.server.ts";
import { type BadNumber, readNumbers, TooManyNumbersError } from "./read-numbers.server.ts";
import { STOPS_AT_ONCE, stopSchema } from "./stop.schema.ts";
import type { StopReach } from "./stop-reach.ts";

export interface SavedStops {
	/** People who are on the list now and were not before. */
	added: number;
	/** People who had been on it. */
	known: number;
}

export interface FailedStops {
	lastResult: FormReply;
	/** Set where the good numbers were added: only the bad ones are left to be mended. */
	saved: SavedStops | null;
	bad: BadNumber[];
}

/**
 * Puts the people of a filled-in form on the list of the actor's account. The good numbers are added whatever stands beside them: nobody
 * should be written to meanwhile because of another's typing error. The bad ones come back, each with its reason.
 *
 * @throws Response 403
 */
export async function saveStops(actor: Actor, form: FormData): Promise<SavedStops | FailedStops> {
	requireOwnRight(actor, "stops.create");
	const submission = parseWithZod(form, { schema: stopSchema });
	const fail = (fieldErrors: Record<string, string[]>, rest: Partial<FailedStops> = {}): FailedStops => ({
		...{ lastResult: submission.reply({ fieldErrors }), saved: null, bad: [] },
		...rest,
	});
	if (submission.status !== "success") return fail({});
	const { numbers, reach, note } = submission.value;
	if (!isOffered(actor, reach)) return fail({ reach: ["stops:error.reach"] });
	try {
		const { phones, bad } = await readNumbers(numbers, actor.account.country);
		const added = await addStops(actor, phones, reach, note);
		const saved = { added, known: phones.length - added };
		if (bad.length === 0) return saved;
		const failed = fail({ numbers: [issue("stops:error.numbers_bad", { count: bad.length })] }, { saved, bad });
		return { ...failed, lastResult: withNumbers(failed.lastResult, bad) };
	} catch (error) {
		if (!(error instanceof TooManyNumbersError)) throw error;
		return fail({ numbers: [issue("stops:error.numbers_many", { max: STOPS_AT_ONCE })] });
	}
}

/** What is left in the box is what is left to be done. */
function withNumbers(reply: FormReply, bad: BadNumber[]): FormReply {
	return { ...reply, initialValue: { ...reply.initialValue, numbers: bad.map(({ typed }) => typed).join("\n") } };
}

function isOffered(actor: Actor, { channel, sender }: StopReach): boolean {
	if (channel === "" || sender === "") return true;
	return readBooks((tx) => mayUseSender(tx, actor, { channel, name: sender }));
}
