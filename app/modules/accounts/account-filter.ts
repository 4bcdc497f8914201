import { readMicros } from "#app/lib/micros.ts";
import { momentOf } from "#app/modules/campaigns/local-time.ts";

export const LISTED_STATES = ["active", "blocked", "closed"] as const;
export const LISTED_KINDS = ["dealer", "client"] as const;
export const ACCOUNT_SORTS = ["created", "name", "login", "city", "active"] as const;
export type AccountSort = (typeof ACCOUNT_SORTS)[number];

/** Longer words than this are cut: they are in no name. */
const TYPED_MAX = 100;

/** What the list of accounts is asked for; the address holds all of it. */
export interface AccountFilter {
	/** Words of name, city or login, or an id; "" for all. */
	words: string;
	/** Undefined: all but the closed. */
	state?: (typeof LISTED_STATES)[number];
	kind?: (typeof LISTED_KINDS)[number];
	/** Id or login of the dealer whose branch is looked at; "" for the whole scope. */
	dealer: string;
	/** Only directly below the dealer, or the own account. */
	isDirect: boolean;
	/** The beginning of the city's name. */
	city: string;
	/** Local dates "2026-11-21": last active on or after the one, before the other. */
	activeFrom: string;
	activeBefore: string;
	/** An amount as it was typed: what is available is below it; "" for all. Counts for whoever may see money. */
	balance: string;
	/** The same in micro-units; undefined: none was typed, or what was typed is none. */
	balanceMicros?: number;
	sort: AccountSort;
	isDescending: boolean;
	/** The last row of the page before. */
	after?: SortPlace;
}

/** A place in a sorted list: what it is sorted by, and the id for rows that are equal in it. */
export interface SortPlace {
	value: string | number;
	id: number;
}

/** The filter that an address asks for; what makes no sense in it is passed over. */
export function readAccountFilter(query: URLSearchParams): AccountFilter {
	const text = (name: string) => (query.get(name) ?? "").trim().slice(0, TYPED_MAX);
	const date = (name: string) => (/^\d{4}-\d\d-\d\d$/.test(text(name)) ? text(name) : "");
	const wished = text("sort");
	const sort = ACCOUNT_SORTS.find((one) => one === wished.replace("-", ""));
	const filter = {
		words: text("q"),
		state: LISTED_STATES.find((one) => one === text("state")),
		kind: LISTED_KINDS.find((one) => one === text("kind")),
		dealer: text("dealer"),
		isDirect: query.get("direct") === "1",
		city: text("city"),
		activeFrom: date("from"),
		activeBefore: date("before"),
		balance: text("balance"),
		balanceMicros: readMicros(text("balance")),
		// The newest stand first until something else is asked for.
		sort: sort ?? "created",
		isDescending: sort ? wished.startsWith("-") : true,
	};
	return { ...filter, after: readPlace(query.get("after") ?? "", filter.sort) };
}

/** Whether anything but the order was asked for. */
export function isFiltered(filter: AccountFilter): boolean {
	const { words, state, kind, dealer, isDirect, city, activeFrom, activeBefore, balance } = filter;
	return Boolean(words || state || kind || dealer || isDirect || city || activeFrom || activeBefore || balance);
}

/** An amount was typed that is none: the list passes it over, and says so. */
export function isBalanceWrong({ balance, balanceMicros }: AccountFilter): boolean {
	return balance !== "" && balanceMicros === undefined;
}

/** "7~corner shop": the id first, since a name may hold anything. */
export function writePlace({ value, id }: SortPlace): string {
	return `${id}~${value}`;
}

function readPlace(text: string, sort: AccountSort): SortPlace | undefined {
	const found = /^(\d{1,15})~(.*)$/s.exec(text);
	if (!found) return undefined;
	const value = sort === "active" || sort === "created" ? Number(found[2]) : found[2]!;
	return Number.isNaN(value) ? undefined : { value, id: Number(found[1]) };
}

/** The first moment of a local date, unix ms; null where none was given or the calendar has no such day. */
export function startOfDay(date: string, timeZone: string): number | null {
	if (!date) return null;
	// In zones whose clocks jump at midnight the day begins at one.
	for (const time of ["00:00", "01:00"]) {
		const start = momentOf(date, time, timeZone);
		if (start.kind !== "never") return start.utc;
	}
	return null;
}
