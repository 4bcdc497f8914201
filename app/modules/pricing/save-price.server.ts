import { parseWithZod } from "@conform-to/zod/v4";
import type { FormReply } from "#app/lib/form-reply.ts";
import { issue } from "#app/lib/issue.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { readBooks } from "#db/tx.ts";
import { lossesShown, type ShownLosses } from "./losses-shown.server.ts";
import { priceSchema, takeBackSchema } from "./price.schema.ts";
import { LINES_MAX } from "./price-change.ts";
import { LossesError, StalePricesError, TooManyLinesError } from "./pricing.errors.ts";
import { requireBuyer } from "./require-buyer.server.ts";
import { listVersion, setPrices } from "./set-prices.server.ts";

export interface FailedPrice {
	/** With everything as it was typed. */
	lastResult: FormReply;
	status: 409 | 422;
	/** Of the list by now, where somebody else has changed it. */
	version?: number;
	/** Who would lose: to be confirmed. */
	losses?: ShownLosses;
}

/**
 * Saves the form of a line, or takes the line back where that button was pressed; undefined when it is saved, else what to show.
 *
 * @throws Response 403; AccountNotFoundError, AccountStateError
 */
export async function savePrice(
	actor: Actor,
	buyerId: number,
	form: FormData,
	now = Date.now(),
): Promise<FailedPrice | undefined> {
	readBooks((tx) => requireBuyer(tx, actor, buyerId, "prices.update"));
	const { timeZone } = actor.account;
	const isBack = form.get("deed") === "take_back";
	const submission = isBack
		? parseWithZod(form, { schema: takeBackSchema })
		: parseWithZod(form, { schema: priceSchema({ timeZone, now }) });
	if (submission.status !== "success") return { lastResult: submission.reply(), status: 422 };
	try {
		const meant = { version: Number(form.get("version")), losses: form.get("meant")?.toString() };
		await setPrices(actor, { buyerId, ...submission.value }, meant);
		return undefined;
	} catch (error) {
		return failedPrice(error, actor, buyerId, (formErrors) => submission.reply({ formErrors }));
	}
}

/** What a form of prices answers to an error; errors that are not the visitor's go on. */
export function failedPrice(
	error: unknown,
	actor: Actor,
	buyerId: number,
	reply: (formErrors: string[]) => FormReply,
): FailedPrice {
	if (error instanceof StalePricesError) {
		const version = readBooks((tx) => listVersion(tx, actor, buyerId));
		return { lastResult: reply(["prices:error.changed"]), status: 409, version };
	}
	if (error instanceof TooManyLinesError)
		return { lastResult: reply([issue("prices:error.too_many", { max: LINES_MAX })]), status: 422 };
	if (!(error instanceof LossesError)) throw error;
	const losses = readBooks((tx) => lossesShown(tx, actor, error.found));
	return { lastResult: reply([issue("prices:error.losses", { count: losses.count })]), status: 422, losses };
}
