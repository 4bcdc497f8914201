import type { ChannelName } from "#app/channels/channel.ts";

/** What a fee is for: a sender name, or ("" and "") the account itself. */
export interface FeeSubject {
	channel: ChannelName | "";
	sender: string;
}

export interface Fee extends FeeSubject {
	id: number;
	/** Who pays. */
	accountId: number;
	/** Who is paid. */
	sellerAccountId: number;
	/** Micro-units, above zero. */
	amountMicros: number;
	/** "2026-11", by the clock of `timeZone`. */
	fromMonth: string;
	/** Null: until somebody ends it. Before fromMonth: none ever was. */
	lastMonth: string | null;
	/** The first that has not been charged. */
	nextMonth: string;
	timeZone: string;
	/** Unix ms; null: it is over. */
	tryAtUtc: number | null;
	/** Since when the balance has not covered nextMonth. */
	unpaidSinceUtc: number | null;
	note: string;
}

export const FEE_COLUMNS = `f.id, f.account_id AS accountId, f.seller_account_id AS sellerAccountId, f.channel, f.sender,
	f.amount_micros AS amountMicros, f.from_month AS fromMonth, f.last_month AS lastMonth, f.next_month AS nextMonth,
	f.time_zone AS timeZone, f.try_at_utc AS tryAtUtc, f.unpaid_since_utc AS unpaidSinceUtc, f.note`;
