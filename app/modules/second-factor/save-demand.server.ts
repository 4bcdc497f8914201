import { parseWithZod } from "@conform-to/zod/v4";
import type { FormReply } from "#app/lib/form-reply.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { resetSecondFactor } from "./reset-second-factor.server.ts";
import { resetSchema } from "./second-factor.schema.ts";
import { secondFactorTrouble } from "./second-factor-trouble.server.ts";
import { setDemand } from "./set-demand.server.ts";

export type SavedDemand =
	| { done: "demand" | "reset" }
	| { failed: { refused: string } | FormReply; status: number; headers?: Record<string, string> };

/**
 * What the page about an account's second factors does: sets or lifts the demand, or takes a lost one away.
 *
 * @throws Response 403, 404
 */
export async function saveDemand(actor: Actor, accountId: number, form: FormData): Promise<SavedDemand> {
	if (form.has("demand")) {
		const trouble = await setDemand(actor, accountId, form.get("demand") === "on").catch(secondFactorTrouble);
		return trouble ? { ...trouble, failed: { refused: trouble.issue } } : { done: "demand" };
	}
	const submission = parseWithZod(form, { schema: resetSchema });
	if (submission.status !== "success") return { failed: submission.reply(), status: 422 };
	const trouble = await resetSecondFactor(actor, accountId, submission.value).catch(secondFactorTrouble);
	return trouble ? { ...trouble, failed: submission.reply(trouble.reply) } : { done: "reset" };
}
