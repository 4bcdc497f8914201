import { parseWithZod } from "@conform-to/zod/v4";
import { data, redirect } from "@remix-run/node";
import type { Actor } from "#app/modules/access/actor.ts";
import { resetSecondFactor } from "./reset-second-factor.server.ts";
import { resetSchema } from "./second-factor.schema.ts";
import { secondFactorTrouble } from "./second-factor-trouble.server.ts";
import { setDemand } from "./set-demand.server.ts";

/**
 * What the page about an account's second factors does: sets or lifts the demand, or takes a lost one away.
 *
 * @param here the page's own address, to which it leads back.
 * @throws Response 403, 404
 */
export async function saveDemand(actor: Actor, accountId: number, form: FormData, here: string) {
	if (form.has("demand")) {
		const trouble = await setDemand(actor, accountId, form.get("demand") === "on").catch(secondFactorTrouble);
		return trouble ? data({ refused: trouble.issue }, trouble) : redirect(here);
	}
	const submission = parseWithZod(form, { schema: resetSchema });
	if (submission.status !== "success") return data(submission.reply(), { status: 422 });
	const trouble = await resetSecondFactor(actor, accountId, submission.value).catch(secondFactorTrouble);
	return trouble ? data(submission.reply(trouble.reply), trouble) : redirect(`${here}?reset`);
}
