import type { ChannelName } from "#app/channels/channel.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireKind, requireOwnRight } from "#app/modules/access/require-right.ts";
import { CHANNELS } from "#app/modules/routing/content-kinds.ts";
import type { Tx } from "#db/tx.ts";
import { type ChargeTerms, chargeTerms } from "./charge-terms.server.ts";

export type TermsOf = Record<ChannelName, ChargeTerms>;

export function currentTerms(tx: Tx): TermsOf {
	return Object.fromEntries(CHANNELS.map((channel) => [channel, chargeTerms(tx, channel)])) as TermsOf;
}

/** Says whether terms are still those that somebody has seen. */
export function termsHash(terms: TermsOf): string {
	return CHANNELS.map((channel) => `${terms[channel].chargeOn}${terms[channel].refunds ? "+" : ""}`).join(",");
}

/** @throws Response 403 */
export function getTermsPage(tx: Tx, actor: Actor): { terms: TermsOf; hash: string } {
	requireKind(actor, "admin");
	requireOwnRight(actor, "prices.update");
	const terms = currentTerms(tx);
	return { terms, hash: termsHash(terms) };
}
