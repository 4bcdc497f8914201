import type { CallbackRow, CallbackStanding } from "#jobs/wire/list-callbacks.ts";

export type { CallbackRow, CallbackStanding };

export const STANDINGS = ["waiting", "unreadable", "unmatched", "applied"] as const satisfies CallbackStanding[];

/** What the inbox is asked for, as it stands in the address. */
export interface InboxFilter {
	/** Id of a provider; null: all. */
	provider: number | null;
	standing: CallbackStanding | null;
	/** An id (ours or the provider's), a number, or whatever stands in a callback; "" for all. */
	text: string;
	/** Local "2026-11-21T10:05"; "" for no bound. `to` is still in it. */
	from: string;
	to: string;
}

export const TYPED_MAX = 100;

/** The filter that an address or a form asks for; what makes no sense in it is passed over. */
export function readInboxFilter(query: Pick<URLSearchParams, "get">): InboxFilter {
	const text = (name: string) => (query.get(name) ?? "").trim().slice(0, TYPED_MAX);
	const moment = (name: string) => (/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text(name)) ? text(name) : "");
	const provider = Number(text("provider"));
	return {
		provider: Number.isSafeInteger(provider) && provider > 0 ? provider : null,
		standing: STANDINGS.find((one) => one === query.get("standing")) ?? null,
		text: text("text"),
		from: moment("from"),
		to: moment("to"),
	};
}

/** The same as an address: "provider=3&standing=unreadable"; "" for all. */
export function writeInboxFilter({ provider, standing, text, from, to }: InboxFilter): string {
	const entries = Object.entries({ provider: provider ?? "", standing: standing ?? "", text, from, to });
	return String(
		new URLSearchParams(entries.filter(([, value]) => value !== "").map(([key, value]) => [key, `${value}`])),
	);
}
