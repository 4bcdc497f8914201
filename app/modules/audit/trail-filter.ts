/** Kinds of deeds that the trail is narrowed by; each verb belongs to the one that names its first word. */
export const VERB_GROUPS = {
	access: ["sign-in", "sign-out", "session", "password", "second-factor"],
	cabinet: ["cabinet"],
	accounts: ["account"],
	campaigns: ["campaign", "audience"],
	stops: ["stop"],
	team: ["employee", "role"],
	profile: ["profile"],
	prices: ["prices"],
	providers: ["provider", "route", "callback"],
	money: ["money", "bill", "limits"],
	copies: ["copy"],
	trail: ["audit"],
} as const satisfies Record<string, readonly string[]>;

export type VerbGroup = keyof typeof VERB_GROUPS;
export const VERB_GROUP_NAMES = Object.keys(VERB_GROUPS) as VerbGroup[];

/** "campaign.start" → campaigns; undefined: in none. */
export function groupOf(verb: string): VerbGroup | undefined {
	const word = verb.split(".")[0] ?? "";
	return VERB_GROUP_NAMES.find((group) => (VERB_GROUPS[group] as readonly string[]).includes(word));
}

/** What the trail is asked for, as it stands in the address. */
export interface TrailFilter {
	/** Login or id of a person; "" for all. */
	who: string;
	group?: VerbGroup;
	/** Id or login of an account: it and its branch. */
	account: string;
	/** Local dates "2026-11-21", both included. */
	from: string;
	to: string;
}

const TYPED_MAX = 100;

/** The filter that an address asks for; what makes no sense in it is passed over. */
export function readTrailFilter(query: URLSearchParams): TrailFilter {
	const text = (name: string) => (query.get(name) ?? "").trim().slice(0, TYPED_MAX);
	const date = (name: string) => (/^\d{4}-\d\d-\d\d$/.test(text(name)) ? text(name) : "");
	return {
		who: text("who"),
		group: VERB_GROUP_NAMES.find((one) => one === query.get("verb")),
		account: text("account"),
		from: date("from"),
		to: date("to"),
	};
}

/** The same as an address: "who=ivan&verb=access"; "" for all. */
export function writeTrailFilter({ who, group, account, from, to }: TrailFilter): string {
	const entries = Object.entries({ who, verb: group ?? "", account, from, to }).filter(([, value]) => value);
	return String(new URLSearchParams(entries));
}
