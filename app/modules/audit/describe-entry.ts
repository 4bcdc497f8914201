import type { TFunction } from "i18next";
import { verbKey } from "./audit-verbs.ts";
import type { NamedEntry, Who } from "./name-entries.server.ts";

/** Facts of a detail that people are told, in this order; what is written down for machines only is left out. */
const SHOWN = [
	"name",
	"login",
	"kind",
	"city",
	"reason",
	"untilUtc",
	"isReadOnly",
	"from",
	"to",
	"since",
	"until",
	"cause",
	"address",
	"browser",
	"factor",
	"changed",
	"count",
	"sender",
	"given",
	"taken",
	"channel",
	"branch",
	"country",
	"content",
	"providers",
	"costs",
	"prices",
	"fromUtc",
	"atLoss",
	"terms",
	"perSecond",
	"perSenderPerSecond",
	"perDay",
	"alarmErrorPercent",
	"alarmSilenceMinutes",
	"amount",
	"months",
	"low",
	"cap",
	"brake",
	"before",
	"remark",
] as const;
type Fact = (typeof SHOWN)[number];

export interface Words {
	/** "Started a campaign" */
	what: string;
	/** "reason: unpaid": user text stands in isolation marks. */
	facts: string[];
}

/** What the words are made with. */
export interface Speaker {
	/** Of any namespace. */
	t: TFunction;
	/** A moment (unix ms) as the reader reads it. */
	moment(atUtc: number): string;
}

/**
 * An entry in words, for the page and for the export alike. What it was done to (`entry.subject.name`) and who did it
 * (`describeWho`) stand apart, because pages make links of them.
 */
export function describeEntry(speaker: Speaker, entry: Pick<NamedEntry, "verb" | "detail" | "subject">): Words {
	const { t } = speaker;
	const facts = SHOWN.flatMap((key) => {
		const value = entry.detail[key];
		if (Array.isArray(value) && value.length === 0) return [];
		if (value === null || value === undefined || value === "" || value === false) return [];
		// The name that stands beside it already says this.
		if (key === "name" && value === entry.subject.name) return [];
		return [t(`audit:detail.${key}`, { value: valueInWords(speaker, key, value) }) as string];
	});
	return { what: t(`audit:${verbKey(entry.verb)}`) as string, facts };
}

/** "Ivan (Corner Shop)", "North Dealer", "service staff". */
export function describeWho(t: TFunction, who: Who): string {
	if (who.is === "dealer") return isolate(who.accountName);
	if (who.is !== "person") return t(`audit:who.${who.is}`) as string;
	return who.accountName === null ? isolate(who.name) : `${isolate(who.name)} (${isolate(who.accountName)})`;
}

function valueInWords({ t, moment }: Speaker, key: Fact, value: string | number | true | string[]): string {
	const text = Array.isArray(value) ? value.join(", ") : String(value);
	if (key === "untilUtc" || key === "fromUtc") return moment(Number(value));
	if (key === "isReadOnly" || key === "atLoss") return t(`audit:yes.${key}`) as string;
	if (key === "cause") return t(`causes:${text}.what`, { defaultValue: t("causes:unspecified.what") }) as string;
	if (key === "factor") return t(`audit:factor.${text}`, { defaultValue: text }) as string;
	if (key === "kind") return t(`accounts:kind.${text}`, { defaultValue: text }) as string;
	if ((key === "given" || key === "taken") && Array.isArray(value))
		return value.map((one) => rightInWords(t, one)).join(", ");
	if (key === "changed" && Array.isArray(value)) return value.map((one) => t(`audit:fact.${one}`)).join(", ");
	if (key === "channel") return t(`providers:channel_name.${text}`, { defaultValue: text }) as string;
	if (key === "content") return t(`routing:kind.${text}`, { defaultValue: text }) as string;
	if (key === "from" || key === "to")
		return t([`campaigns:state.${text}`, `accounts:kind.${text}`], { defaultValue: isolate(text) }) as string;
	return isolate(text);
}

/** "campaigns.create" → "Campaigns: Create". */
function rightInWords(t: TFunction, right: string): string {
	const [module, verb] = right.split(".");
	return t([`team:sight.${right}`, ""]) || `${t(`team:module.${module}`)}: ${t(`team:verb.${verb}`)}`;
}

/** User text inside a sentence keeps its own direction. */
function isolate(text: string): string {
	return `\u2068${text}\u2069`;
}
