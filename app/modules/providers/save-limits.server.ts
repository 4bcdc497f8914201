import { parseWithZod } from "@conform-to/zod/v4";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { readBooks } from "#db/tx.ts";
import { type FailedForm, failedForm } from "./failed-form.ts";
import { limitsSchema } from "./limits.schema.ts";
import { requireProvider } from "./require-provider.server.ts";
import { setLimits } from "./set-limits.server.ts";

/** Saves the form of a provider's limits and alarms; undefined when it is saved, else what to show. @throws Response 403, 404 */
export async function saveLimits(actor: Actor, providerId: number, form: FormData): Promise<FailedForm | undefined> {
	requireRight(actor, "providers.update");
	const version = Number(form.get("version")) || 0;
	const submission = parseWithZod(form, { schema: limitsSchema });
	if (submission.status !== "success") return { lastResult: submission.reply(), status: 422, version };
	try {
		await setLimits(actor, providerId, version, submission.value);
	} catch (error) {
		return failedForm(error, submission, version, () =>
			readBooks((tx) => requireProvider(tx, actor, providerId).version),
		);
	}
}
