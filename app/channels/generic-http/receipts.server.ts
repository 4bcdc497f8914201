import { createHmac, timingSafeEqual } from "node:crypto";
import { type Callback, type Receipt, ReceiptRubbishError } from "../channel.ts";
import { isProviderMessageId } from "../provider-message-id.ts";
import { compiled } from "./compiled.ts";
import { parseExactJson } from "./exact-json.ts";
import { meaningOf, meaningOfOthers } from "./meanings.ts";
import { readPath, readWord } from "./paths.ts";
import type { GenericHttpSettings } from "./settings.ts";

/**
 * What a report says, as the settings describe it: JSON, or the fields of a form or of an address; one, or a list of several.
 *
 * @throws ReceiptRubbishError where there are no reports to be expected, or no id and no state where they should be.
 */
export function readReceipts(path: string, body: string, settings: GenericHttpSettings): Receipt[] {
	if (settings.reportId === "none") throw new ReceiptRubbishError("no reports are described");
	const whole = readBody(body);
	const list = readPath(whole, compiled(settings).reportList);
	const reports: unknown[] = Array.isArray(list) ? list : [list];
	const read = reports.map((report) => readReport(path, report, settings));
	if (read.length > 0 && read.every((one) => one === undefined))
		throw new ReceiptRubbishError("no report that can be read");
	return read.flatMap((one) => one ?? []);
}

/** Undefined for what is no report; an empty list for one whose word means nothing to us. */
function readReport(path: string, report: unknown, settings: GenericHttpSettings): Receipt[] | undefined {
	const { reportState, reportMeanings, reportTime } = compiled(settings);
	const word = readWord(report, reportState);
	const named = nameOf(path, report, settings);
	if (word === undefined || !named) return undefined;
	const told = meaningOf(reportMeanings, word) ?? meaningOfOthers(reportMeanings);
	if (!told) return [];
	const atUtc = reportTime && readTime(readWord(report, reportTime) ?? "");
	return [{ ...named, ...told, ...(atUtc !== undefined && { atUtc }) }];
}

function nameOf(
	path: string,
	report: unknown,
	settings: GenericHttpSettings,
): Pick<Receipt, "externalId" | "providerMessageId"> | undefined {
	if (settings.reportId === "address") {
		const externalId = /^\/m\/([\w-]{1,60})$/.exec(path)?.[1];
		return externalId === undefined ? undefined : { externalId };
	}
	const id = readWord(report, compiled(settings).reportId);
	if (!id || !isProviderMessageId(id)) return undefined;
	return settings.reportId === "ours" ? { externalId: id } : { externalId: null, providerMessageId: id };
}

function readBody(body: string): unknown {
	if (!/^\s*[{[]/.test(body)) return Object.fromEntries(new URLSearchParams(body));
	try {
		return parseExactJson(body);
	} catch {
		throw new ReceiptRubbishError("JSON that cannot be read");
	}
}

const EARLIEST_MS = Date.UTC(2000, 0);
const LATEST_MS = Date.UTC(2100, 0);

/** Seconds or milliseconds since 1970, or a date; one without a zone is in UTC. */
function readTime(word: string): number | undefined {
	const isNumber = /^\d{9,13}(\.\d{1,9})?$/.test(word);
	const ms = isNumber ? Number(word) * (Number(word) < 1e11 ? 1000 : 1) : readDate(word);
	return ms >= EARLIEST_MS && ms < LATEST_MS ? Math.floor(ms) : undefined;
}

function readDate(word: string): number {
	const [, day, time = "00:00:00", zone = "Z"] =
		/^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)\s?(Z|[+-]\d\d:?\d\d)?)?$/.exec(word) ?? [];
	return day ? Date.parse(`${day}T${time}${zone.replace(/^([+-]\d\d)(\d\d)$/, "$1:$2")}`) : Number.NaN;
}

/**
 * Whether a report bears the HMAC-SHA256 of its body, as hexadecimal digits or base64, with or without "sha256=". Where the settings
 * name no header for it, the unguessable address alone vouches.
 */
export function authenticate({ headers, body }: Callback, settings: GenericHttpSettings): boolean {
	if (settings.signatureHeader === "") return true;
	const header = headers[settings.signatureHeader.toLowerCase()];
	const given = (typeof header === "string" ? header : "").trim().replace(/^sha256=/i, "");
	const wanted = createHmac("sha256", settings.signatureSecret).update(body).digest();
	const bytes = Buffer.from(given, /^[0-9a-f]{64}$/i.test(given) ? "hex" : "base64");
	return bytes.length === wanted.length && timingSafeEqual(bytes, wanted);
}

/** Some report in the address: what is asked for is the report. */
export function readGet(query: string, settings: GenericHttpSettings): { body: string } | undefined {
	return query === "" || settings.reportId === "none" ? undefined : { body: query };
}
