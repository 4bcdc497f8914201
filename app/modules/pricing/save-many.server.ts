import { issue } from "#app/lib/issue.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { readBooks } from "#db/tx.ts";
import { readManyWish, tryPlan } from "./get-many-page.server.ts";
import { LINES_MAX } from "./price-change.ts";
import { LossesError, StalePricesError, TooManyLinesError } from "./pricing.errors.ts";
import { requireBuyer } from "./require-buyer.server.ts";
import { setPrices } from "./set-prices.server.ts";

/**
 * Saves what a preview has shown, or says why not; then the page shows it anew.
 *
 * @param query what the address asks for, as the preview did.
 * @throws Response 403; AccountNotFoundError, AccountStateError
 */
export async function saveMany(
	actor: Actor,
	buyerId: number,
	query: URLSearchParams,
	form: FormData,
): Promise<{ issue: string; status: 409 | 422 } | undefined> {
	requireRight(actor, "prices.update");
	readBooks((tx) => requireBuyer(tx, actor, buyerId, "prices.update"));
	const changed = { issue: "prices:error.plan_changed", status: 409 } as const;
	const submission = readManyWish(actor, query);
	if (submission.status !== "success") return { issue: "prices:error.wish", status: 422 };
	const plan = tryPlan(actor, buyerId, submission.value);
	if ("issue" in plan) return { ...plan, status: 422 };
	// Nothing is left to change: it was saved already, by the same form.
	if (plan.lines.length === 0) return undefined;
	if (plan.hash !== form.get("plan")) return changed;
	try {
		const { fromUtc } = submission.value;
		const meant = { version: Number(form.get("version")), losses: form.get("meant")?.toString() };
		await setPrices(actor, { buyerId, lines: plan.lines, fromUtc }, meant);
		return undefined;
	} catch (error) {
		if (error instanceof StalePricesError) return changed;
		if (error instanceof TooManyLinesError)
			return { issue: issue("prices:error.too_many", { max: LINES_MAX }), status: 422 };
		if (!(error instanceof LossesError)) throw error;
		return { issue: issue("prices:error.losses", { count: error.found.losses.length }), status: 422 };
	}
}
