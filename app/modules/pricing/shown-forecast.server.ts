import type { ChannelName } from "#app/channels/channel.ts";
import { balanceOf } from "#app/modules/ledger/balance-of.server.ts";
import { currency } from "#app/modules/platform/currency.server.ts";
import type { Tx } from "#db/tx.ts";
import type { Forecast } from "./forecast.server.ts";
import { paidParts } from "./paid-parts.ts";

interface Leg {
	channel: ChannelName;
	text: string;
}

export interface ShownForecast {
	rows: { country: string; people: number; unitMicros: number; totalMicros: number }[];
	totalMicros: number;
	/** What the account can spend now. */
	spendableMicros: number;
	currency: string;
	/** Parts of each SMS; null: no leg is one. */
	smsParts: number | null;
	hasSecond: boolean;
}

/** A forecast as the sender's own people see it: nothing of what the accounts above pay. */
export function shownForecast(
	tx: Tx,
	{ countries, totalMicros }: Forecast,
	legs: (Leg | null)[],
	accountId: number,
): ShownForecast {
	const sms = legs.find((leg) => leg?.channel === "sms");
	return {
		rows: countries.map(({ country, people, unitMicros, totalMicros: total }) => ({
			...{ country, people, unitMicros, totalMicros: total },
		})),
		totalMicros,
		spendableMicros: balanceOf(tx, accountId).spendableMicros,
		currency: currency(tx),
		smsParts: sms ? paidParts(sms.channel, sms.text) : null,
		hasSecond: legs[1] !== null && legs[1] !== undefined,
	};
}

/** Countries to which nothing can be sent for want of a price, and who is to be asked for one. */
export interface ShownMissing {
	countries: string[];
	whom: "dealer" | "root";
}

export function shownMissing({ missing }: Forecast, accountPath: string): ShownMissing | null {
	if (missing.length === 0) return null;
	const ids = accountPath.split("/").filter(Boolean).map(Number);
	// What an account further up lacks is its own dealer's to mend: the sender asks the one it knows.
	return { countries: missing.map(({ country }) => country), whom: ids.length <= 2 ? "root" : "dealer" };
}
