import type { ChannelName } from "#app/channels/channel.ts";

/** A line that is to begin. */
export interface NewLine {
	channel: ChannelName;
	/** "": any. */
	country: string;
	/** "": any. */
	kind: string;
	/** Null: it is taken back. */
	unitMicros: number | null;
}

export interface PriceChange {
	/** Whose price it is; 0: everybody's directly below. */
	buyerId: number;
	lines: NewLine[];
	/** Unix ms; null: at once. */
	fromUtc: number | null;
}

/** Lines of one list, now and to come. */
export const LINES_MAX = 2_000;

/** "viber; UA; text; 0.012", as the trail keeps it. */
export function lineInWords({ channel, country, kind }: Omit<NewLine, "unitMicros">, amount: string): string {
	return `${channel}; ${country || "*"}; ${kind || "*"}; ${amount}`;
}
