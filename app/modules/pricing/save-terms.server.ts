import type { Actor } from "#app/modules/access/actor.ts";
import { requireOwnRight } from "#app/modules/access/require-right.ts";
import { CHANNELS } from "#app/modules/routing/content-kinds.ts";
import type { TermsOf } from "./get-terms-page.server.ts";
import { StalePricesError } from "./pricing.errors.ts";
import { setTerms } from "./set-terms.server.ts";

/** Saves the form of the terms; undefined when they are saved, else what to say. @throws Response 403 */
export async function saveTerms(
	actor: Actor,
	form: FormData,
): Promise<{ issue: string; status: 409 | 422 } | undefined> {
	requireOwnRight(actor, "prices.update");
	const wanted: Partial<TermsOf> = {};
	for (const channel of CHANNELS) {
		const chargeOn = form.get(`${channel}.on`);
		if (chargeOn !== "accepted" && chargeOn !== "delivered") return { issue: "prices:error.terms", status: 422 };
		// Of what is charged when it arrives nothing is ever given back.
		const refunds = chargeOn === "accepted" && form.get(`${channel}.refunds`) === "yes";
		wanted[channel] = { chargeOn, refunds };
	}
	try {
		await setTerms(actor, wanted as TermsOf, String(form.get("seen")));
		return undefined;
	} catch (error) {
		if (error instanceof StalePricesError) return { issue: "prices:error.terms_changed", status: 409 };
		throw error;
	}
}
