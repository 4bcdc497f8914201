import type { ChannelAdapter, ChannelLimits, ProbeAnswer, SendOutcome, SendResult } from "../channel.ts";
import { callProvider, type HttpAnswer, probeProvider, resultOfHttpStatus, UNREADABLE } from "../http-results.ts";
import { compiled } from "./compiled.ts";
import { parseExactJson } from "./exact-json.ts";
import { meaningOf, meaningOfOthers } from "./meanings.ts";
import { readWord } from "./paths.ts";
import { authenticate, readGet, readReceipts } from "./receipts.server.ts";
import { probeRequestOf, requestOf } from "./request.ts";
import { type GenericHttpSettings, settingsSchema } from "./settings.ts";

const common = { textMax: 4_096, captionMax: 30, bulkSize: 1, validityMax: 604_800 };
const rich: ChannelLimits = { ...common, kinds: ["text", "image", "image_text", "text_button", "image_text_button"] };

/**
 * Any provider that takes one message a request over HTTP: the admin describes its request, its answers and its reports in the
 * settings. It is assumed to promise nothing: neither idempotency nor a status query.
 */
export const genericHttp: ChannelAdapter<GenericHttpSettings> = {
	name: "generic-http",
	settings: settingsSchema,
	channels: { sms: { ...common, kinds: ["text"], textMax: 1_600 }, viber: rich, whatsapp: rich },
	hasIdempotentIds: false,
	absenceHoldsMs: 0,
	namesOnlyItsOwnId: ({ reportId }) => reportId === "theirs",
	hasCallbacks: ({ reportId }) => reportId !== "none",

	async send(call, settings, transport): Promise<SendOutcome> {
		const each: SendResult[] = [];
		for (const recipient of call.recipients) {
			if (!/^\+\d{5,15}$/.test(recipient.to)) {
				each.push({ type: "refused", kind: "number", permanent: true, cause: "bad_number" });
				continue;
			}
			const request = requestOf(call, recipient, settings);
			if (!request) return { all: NOT_DESCRIBED };
			const made = await callProvider(transport, request);
			each.push("failed" in made ? made.failed : resultOfAnswer(made.answer, settings));
		}
		return each.length === 1 ? { all: each[0]! } : { each };
	},

	async probe(settings, transport): Promise<ProbeAnswer> {
		const request = probeRequestOf(settings);
		if (!request) return { type: "unanswered", cause: "unspecified" };
		return probeProvider(transport, request, (body) => {
			const { balance } = compiled(settings);
			if (!balance) return undefined;
			const amount = readWord(readAnswer(body), balance) ?? "";
			if (!/^-?\d{1,15}([.,]\d{1,6})?$/.test(amount)) throw new Error("no balance there");
			return { amount: amount.replace(",", "."), currency: null };
		});
	},

	authenticate,
	readGet,
	readReceipts,
};

/** A picture or a button, and no request that says how: the admin's to mend. */
const NOT_DESCRIBED: SendResult = { type: "refused", kind: "config", permanent: false, cause: "bad_request" };

function resultOfAnswer(answer: HttpAnswer, settings: GenericHttpSettings): SendResult {
	const ofStatus = resultOfHttpStatus(answer);
	// A 5xx may have been taken whatever its body says, and a pause is told by the header.
	if (ofStatus && (answer.status >= 500 || answer.status === 429)) return ofStatus;
	const { answer: path, answerMeanings, answerId } = compiled(settings);
	const isWell = answer.status >= 200 && answer.status < 300;
	const body = readAnswer(answer.body);
	const word = path && readWord(body, path);
	const own = word === undefined ? undefined : meaningOf(answerMeanings, word);
	if (own && own.type !== "accepted") return own;
	// A status such as 401 says more than "every other word".
	if (ofStatus) return ofStatus;
	const told = own ?? (word === undefined ? undefined : meaningOfOthers(answerMeanings));
	if (told && told.type !== "accepted") return told;
	if (!isWell) return { type: "refused", kind: "content", permanent: true, cause: "bad_request" };
	// "OK" where the settings name no word is a 2xx; where they do, only the word is.
	if (path && !told) return UNREADABLE;
	const id = answerId && readWord(body, answerId);
	if (answerId && !id) return UNREADABLE;
	return { type: "accepted", state: "handed_over", ...(id && { providerMessageId: id }) };
}

/** JSON; or the words of a text, of a form or of XML as a list, so that "OK 12345" has its id at [1]. */
export function readAnswer(body: string): unknown {
	try {
		const parsed = parseExactJson(body);
		if (typeof parsed === "object" && parsed !== null) return parsed;
	} catch {
		// No JSON, then.
	}
	return body.slice(0, TEXT_ANSWER_MAX).match(/[^\s<>"'=:;,|&{}()[\]]+/g) ?? [];
}

const TEXT_ANSWER_MAX = 10_000;
