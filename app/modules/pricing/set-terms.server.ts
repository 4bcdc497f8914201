import type { ChannelName } from "#app/channels/channel.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireKind, requireOwnRight } from "#app/modules/access/require-right.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { inTx } from "#db/tx.ts";
import { currentTerms, type TermsOf, termsHash } from "./get-terms-page.server.ts";
import { StalePricesError } from "./pricing.errors.ts";

/**
 * Chooses for the whole installation when each channel's messages are charged. Campaigns that have begun keep what they began with.
 *
 * @param seen `hash` of what the page showed.
 * @throws Response 403; StalePricesError where somebody has changed it
 */
export async function setTerms(actor: Actor, wanted: TermsOf, seen: string): Promise<void> {
	requireKind(actor, "admin");
	requireOwnRight(actor, "prices.update");
	await inTx((tx) => {
		const now = currentTerms(tx);
		if (termsHash(now) === termsHash(wanted)) return;
		if (termsHash(now) !== seen) throw new StalePricesError();
		for (const [channel, { chargeOn, refunds }] of Object.entries(wanted))
			tx.sql(
				`INSERT INTO charge_terms (channel, account_id, charge_on, refunds) VALUES (@channel, @accountId, @chargeOn, @refunds)
				 ON CONFLICT (channel) DO UPDATE SET charge_on = @chargeOn, refunds = @refunds`,
			).run({ channel, accountId: actor.account.id, chargeOn, refunds: refunds ? 1 : 0 });
		const terms = (Object.keys(wanted) as ChannelName[]).map((channel) => {
			const { chargeOn, refunds } = wanted[channel];
			return `${channel}: ${chargeOn}${refunds ? " + refund" : ""}`;
		});
		writeAudit(tx, actor, "prices.terms", `account:${actor.account.id}`, { terms });
	});
}
