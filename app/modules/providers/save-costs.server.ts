import { parseWithZod } from "@conform-to/zod/v4";
import { issue } from "#app/lib/issue.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { lossesShown, type ShownLosses } from "#app/modules/pricing/losses-shown.server.ts";
import { LossesError } from "#app/modules/pricing/pricing.errors.ts";
import { readBooks } from "#db/tx.ts";
import { costsSchema } from "./costs.schema.ts";
import { type FailedForm, failedForm } from "./failed-form.ts";
import { requireProvider } from "./require-provider.server.ts";
import { setCosts } from "./set-costs.server.ts";

export interface FailedCosts extends FailedForm {
	/** To whom the root would sell below cost: to be confirmed. */
	losses?: ShownLosses;
}

/** Saves the form of a provider's costs; undefined when it is saved, else what to show. @throws Response 403, 404 */
export async function saveCosts(actor: Actor, providerId: number, form: FormData): Promise<FailedCosts | undefined> {
	requireRight(actor, "providers.update");
	const version = Number(form.get("version")) || 0;
	const submission = parseWithZod(form, { schema: costsSchema });
	if (submission.status !== "success") return { lastResult: submission.reply(), status: 422, version };
	try {
		const losses = form.get("meant")?.toString();
		await setCosts(actor, providerId, { version, losses }, submission.value.costs);
	} catch (error) {
		if (error instanceof LossesError) {
			const losses = readBooks((tx) => lossesShown(tx, actor, error.found));
			const formErrors = [issue("prices:error.losses", { count: losses.count })];
			return { lastResult: submission.reply({ formErrors }), status: 422, version, losses };
		}
		return failedForm(error, submission, version, () =>
			readBooks((tx) => requireProvider(tx, actor, providerId).version),
		);
	}
}
