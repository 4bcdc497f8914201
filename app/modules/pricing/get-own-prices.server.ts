import type { ChannelName } from "#app/channels/channel.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireOwnRight } from "#app/modules/access/require-right.ts";
import type { ShownFee } from "#app/modules/fees/get-fees-page.server.ts";
import { ownFees } from "#app/modules/fees/own-fees.server.ts";
import { currency } from "#app/modules/platform/currency.server.ts";
import { CHANNELS } from "#app/modules/routing/content-kinds.ts";
import type { Tx } from "#db/tx.ts";
import { type ChargeTerms, chargeTerms } from "./charge-terms.server.ts";
import { ownCost } from "./own-cost.server.ts";
import { type ShownLine, shownLines } from "./price-list.ts";

export interface OwnPrices {
	/** Null lines: the root's, which pays no account. */
	channels: { channel: ChannelName; terms: ChargeTerms; lines: ShownLine[] | null }[];
	/** By the month. */
	fees: ShownFee[];
	currency: string;
}

/** What the actor's own account pays for a message now, and when; of whose lists it comes is not told. @throws Response 403 */
export function getOwnPrices(tx: Tx, actor: Actor): OwnPrices {
	requireOwnRight(actor, "money.read");
	const { path, kind } = actor.account;
	const channels = CHANNELS.map((channel) => {
		const terms = chargeTerms(tx, channel);
		const lines = kind === "admin" ? null : shownLines(ownCost(tx, path, channel, Date.now()));
		return { channel, terms, lines };
	});
	return { channels, fees: ownFees(tx, actor), currency: currency(tx) };
}
