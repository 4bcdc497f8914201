import { setImmediate as yieldTurn } from "node:timers/promises";
import { UnreadableAudienceError } from "#app/modules/audiences/audience.errors.ts";
import type { Entry, RejectReason } from "#app/modules/audiences/audience.ts";
import { EntryReader } from "#app/modules/audiences/entry-reader.ts";
import { readNumber } from "#app/modules/audiences/read-number.ts";
import { STOPS_AT_ONCE } from "./stop.schema.ts";

/** Numbers read at a stretch: a few ms of this process. */
const NUMBERS_A_STRETCH = 100;

export interface BadNumber extends Entry {
	reason: RejectReason;
}

/** More numbers than are taken at once. */
export class TooManyNumbersError extends Error {
	override name = "TooManyNumbersError";
}

/**
 * The numbers of pasted text, as the form of a campaign reads them, each once.
 *
 * @param country ISO 3166: what numbers without a country code are read as.
 * @throws TooManyNumbersError
 */
export async function readNumbers(text: string, country: string): Promise<{ phones: string[]; bad: BadNumber[] }> {
	const entries = entriesOf(text, country);
	if (entries.length > STOPS_AT_ONCE) throw new TooManyNumbersError(`${entries.length} numbers`);
	const phones = new Set<string>();
	const bad: BadNumber[] = [];
	for (const [at, entry] of entries.entries()) {
		if (at > 0 && at % NUMBERS_A_STRETCH === 0) await yieldTurn();
		const read = readNumber(entry.typed, country);
		if ("phone" in read) phones.add(read.phone);
		else bad.push({ ...entry, reason: read.reason });
	}
	return { phones: [...phones], bad };
}

function entriesOf(text: string, country: string): Entry[] {
	const entries: Entry[] = [];
	try {
		const reader = new EntryReader(country, (entry) => entries.push(entry));
		reader.write(text);
		reader.end();
		return entries;
	} catch (error) {
		if (!(error instanceof UnreadableAudienceError)) throw error;
		// A quotation mark that is never closed: line by line, then.
		const lines = text.split(/\r\n?|\n/).map((typed, at): Entry => ({ typed: typed.trim(), line: at + 1, cell: 1 }));
		return lines.filter(({ typed }) => typed !== "");
	}
}
