import { parseWithZod } from "@conform-to/zod/v4";
import type { FormReply } from "#app/lib/form-reply.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { AccountNotFoundError } from "#app/modules/accounts/account.errors.ts";
import { currency } from "#app/modules/platform/currency.server.ts";
import { readBooks } from "#db/tx.ts";
import { findLosses } from "./find-losses.server.ts";
import { lossesShown, type ShownLosses } from "./losses-shown.server.ts";
import { type ManyPlan, planMany } from "./plan-many.server.ts";
import { type ManyWish, manySchema } from "./price.schema.ts";
import { NoLinesError } from "./pricing.errors.ts";
import { type Buyer, requireBuyer } from "./require-buyer.server.ts";
import { listVersion } from "./set-prices.server.ts";

/** Lines that a preview shows; all are saved. */
const SHOWN = 50;

export interface ManyPage {
	buyer: Buyer;
	version: number;
	currency: string;
	/** Undefined until something is asked for. */
	lastResult?: FormReply;
	preview: {
		rows: ManyPlan["lines"];
		count: number;
		hash: string;
		fromUtc: number | null;
		losses: ShownLosses | null;
	} | null;
	/** i18n key of why there is no preview. */
	issue: string | null;
}

/** What an address asks for, or what is wrong with it. */
export function readManyWish(actor: Actor, query: URLSearchParams) {
	const { timeZone } = actor.account;
	return parseWithZod(query, { schema: manySchema({ timeZone, now: Date.now() }) });
}

/**
 * The form of many lines at once and, where the address holds a whole wish, what it would come to.
 *
 * @throws Response 403; AccountNotFoundError, AccountStateError
 */
export async function getManyPage(actor: Actor, buyerId: number, query: URLSearchParams): Promise<ManyPage> {
	requireRight(actor, "prices.update");
	const frame = readBooks((tx) => ({
		buyer: requireBuyer(tx, actor, buyerId, "prices.update"),
		version: listVersion(tx, actor, buyerId),
		currency: currency(tx),
	}));
	const none = { ...frame, preview: null, issue: null };
	if (!query.has("how")) return none;
	const submission = readManyWish(actor, query);
	if (submission.status !== "success") return { ...none, lastResult: submission.reply() };
	const plan = tryPlan(actor, buyerId, submission.value);
	if ("issue" in plan) return { ...none, ...plan, lastResult: submission.reply() };
	const { fromUtc } = submission.value;
	const found = await findLosses(actor.account, { buyerId, lines: plan.lines, fromUtc });
	const losses = found.losses.length > 0 ? readBooks((tx) => lossesShown(tx, actor, found)) : null;
	const preview = { rows: plan.lines.slice(0, SHOWN), count: plan.lines.length, hash: plan.hash, fromUtc, losses };
	return { ...none, lastResult: submission.reply(), preview };
}

/** @returns an i18n key where the visitor asked for what there is not. */
export function tryPlan(actor: Actor, buyerId: number, wish: ManyWish): ManyPlan | { issue: string } {
	try {
		return readBooks((tx) => planMany(tx, actor, buyerId, wish));
	} catch (error) {
		if (error instanceof AccountNotFoundError) return { issue: "prices:error.from" };
		if (error instanceof NoLinesError) return { issue: "prices:error.no_lines" };
		throw error;
	}
}
