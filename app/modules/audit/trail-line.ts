import type { TFunction } from "i18next";
import { localOf } from "#app/modules/campaigns/local-time.ts";
import { describeEntry, describeWho, type Speaker } from "./describe-entry.ts";
import type { NamedEntry } from "./name-entries.server.ts";

/** Heads of the export's columns, in the order of `trailLine`. */
export function trailTitles(t: TFunction): string[] {
	const own = ["id", "utc", "local", "zone", "what", "verb", "subject", "name", "who", "as", "details"] as const;
	return own.map((key) => t(`trail:column.${key}`) as string);
}

/** An entry as a row of the export: the words are the page's, beside the verb and the ids that a program reads. */
export function trailLine(t: TFunction, timeZone: string, entry: NamedEntry): (string | number | null)[] {
	const moment: Speaker["moment"] = (atUtc) => Object.values(localOf(atUtc, timeZone)).join(" ");
	const { what, facts } = describeEntry({ t, moment }, entry);
	return [
		entry.id,
		new Date(entry.atUtc).toISOString(),
		moment(entry.atUtc),
		timeZone,
		what,
		entry.verb,
		`${entry.subject.kind}:${entry.subject.id}`,
		entry.subject.name,
		describeWho(t, entry.who),
		entry.inNameOf,
		facts.join("; "),
	];
}
