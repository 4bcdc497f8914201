import { issue } from "#app/lib/issue.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { currency } from "#app/modules/platform/currency.server.ts";
import { lossesShown, type ShownLosses } from "#app/modules/pricing/losses-shown.server.ts";
import { LossesError } from "#app/modules/pricing/pricing.errors.ts";
import { readBooks } from "#db/tx.ts";
import { providerTrouble } from "./provider-trouble.ts";
import { type ProviderState, setProviderState } from "./set-provider-state.server.ts";

export interface FailedState {
	issue: string;
	status: 409 | 422;
	/** To whom the root would sell below cost: to be confirmed. */
	losses?: ShownLosses & { currency: string };
}

/** Switches a provider as its page's button says; undefined when it is done, else what to show. @throws Response 403, 404 */
export async function saveProviderState(
	actor: Actor,
	providerId: number,
	to: ProviderState,
	form: FormData,
): Promise<FailedState | undefined> {
	try {
		await setProviderState(actor, providerId, to, form.get("meant")?.toString());
	} catch (error) {
		if (!(error instanceof LossesError)) return { issue: providerTrouble(error)[""]![0]!, status: 409 };
		const losses = readBooks((tx) => ({ ...lossesShown(tx, actor, error.found), currency: currency(tx) }));
		return { issue: issue("prices:error.losses", { count: losses.count }), status: 422, losses };
	}
}
