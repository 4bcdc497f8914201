import type { SendResult } from "../channel.ts";
import { type Meanings, parseAnswerMeanings, parseStateMeanings, type StateMeaning } from "./meanings.ts";
import { type Path, parsePath } from "./paths.ts";
import { type GenericHttpSettings, headerLines } from "./settings.ts";
import { parseTemplate, type Template } from "./template.ts";

/** The settings' texts, taken apart: once, not for each message. */
export interface Compiled {
	url: Template;
	probeUrl: Template | undefined;
	headers: readonly { name: string; value: Template }[];
	body: Template;
	richBody: Template | undefined;
	balance: Path | undefined;
	answer: Path | undefined;
	answerMeanings: Meanings<SendResult>;
	answerId: Path | undefined;
	reportList: Path;
	reportId: Path;
	reportState: Path;
	reportMeanings: Meanings<StateMeaning>;
	reportTime: Path | undefined;
}

const kept = new WeakMap<GenericHttpSettings, Compiled>();

/** Of settings that their schema has let through. */
export function compiled(settings: GenericHttpSettings): Compiled {
	const known = kept.get(settings);
	if (known) return known;
	const pathOf = (text: string) => parsePath(text) ?? [];
	const ifGiven = <T>(text: string, read: (text: string) => T) => (text === "" ? undefined : read(text));
	// A form's fields may stand in lines of their own.
	const bodyOf = (text: string) =>
		parseTemplate(settings.bodyType === "form" ? text.replace(/&?\s*\r?\n\s*&?/g, "&") : text);
	const made: Compiled = {
		url: parseTemplate(settings.url),
		probeUrl: ifGiven(settings.probeUrl, parseTemplate),
		headers: headerLines(settings.headers).map((line) => {
			const colon = line.indexOf(":");
			return { name: line.slice(0, colon).toLowerCase(), value: parseTemplate(line.slice(colon + 1).trim()) };
		}),
		body: bodyOf(settings.body),
		richBody: ifGiven(settings.richBody, bodyOf),
		balance: ifGiven(settings.balancePath, pathOf),
		answer: ifGiven(settings.answerPath, pathOf),
		answerMeanings: parseAnswerMeanings(settings.answerMeanings),
		answerId: ifGiven(settings.answerIdPath, pathOf),
		reportList: pathOf(settings.reportListPath),
		reportId: pathOf(settings.reportIdPath),
		reportState: pathOf(settings.reportStatePath),
		reportMeanings: parseStateMeanings(settings.reportMeanings),
		reportTime: ifGiven(settings.reportTimePath, pathOf),
	};
	kept.set(settings, made);
	return made;
}
