import type { ChannelName, ContentKind } from "#app/channels/channel.ts";
import type { Tx } from "#db/tx.ts";

export interface TestPrice {
	accountId: number;
	/** 0: everybody directly below. */
	buyerAccountId?: number;
	channel?: ChannelName;
	country?: string;
	kind?: ContentKind | "";
	unitMicros: number | null;
	fromUtc?: number;
}

/** Writes a line of a price list as it stands in the books. */
export function addPrice(tx: Tx, of: TestPrice): void {
	tx.sql(
		`INSERT INTO prices (account_id, buyer_account_id, channel, country, kind, unit_micros, from_utc, created_at_utc)
		 VALUES (@accountId, @buyerAccountId, @channel, @country, @kind, @unitMicros, @fromUtc, 1)`,
	).run({ buyerAccountId: 0, channel: "sms", country: "", kind: "", fromUtc: 1, ...of });
}
