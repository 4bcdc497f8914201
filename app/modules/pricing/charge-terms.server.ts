import type { ChannelName } from "#app/channels/channel.ts";
import type { Tx } from "#db/tx.ts";

export interface ChargeTerms {
	/** What a message is charged for: that a provider took it, or that it was delivered. */
	chargeOn: "accepted" | "delivered";
	/** What was charged when it was accepted and did not arrive is given back. */
	refunds: boolean;
}

/** Until the admin chooses: an SMS costs its operator whether it arrives or not. */
const DEFAULTS: Record<ChannelName, ChargeTerms> = {
	viber: { chargeOn: "delivered", refunds: false },
	whatsapp: { chargeOn: "delivered", refunds: false },
	sms: { chargeOn: "accepted", refunds: false },
};

/** When a channel's messages are charged, the same for the whole installation; a campaign keeps what it began with. */
export function chargeTerms(tx: Tx, channel: ChannelName): ChargeTerms {
	const chosen = tx
		.sql<{ chargeOn: ChargeTerms["chargeOn"]; refunds: number }>(
			"SELECT charge_on AS chargeOn, refunds FROM charge_terms WHERE channel = ?",
		)
		.get(channel);
	return chosen ? { chargeOn: chosen.chargeOn, refunds: chosen.refunds === 1 } : DEFAULTS[channel];
}
