import { createHash } from "node:crypto";
import type { AskAnswer, ChannelAdapter, SendCall, SendOutcome, SendResult } from "../channel.ts";
import {
	callProvider,
	causeOfRefusal,
	type Fields,
	type HttpAnswer,
	isFields,
	probeProvider,
	readJsonFields,
	resultOfHttpStatus,
	UNREADABLE,
} from "../http-results.ts";
import { hasList, isTaken, resultOfCode } from "./codes.ts";
import { authenticate, readReceipts, readStatus } from "./receipts.server.ts";
import { settingsSchema, type TurbosmsSettings } from "./settings.ts";

const TTL_MIN_SECONDS = 60;
const TTL_MAX_SECONDS = 86_400;
/** It takes 5000; but a call that breaks leaves all of its messages unknown, and here for good. */
const BULK_SIZE = 500;
/** Codes of a status query for an id that it does not know. */
const NO_SUCH_MESSAGE = new Set([307, 414]);

/**
 * TurboSMS's HTTP API. HTTP says 200 whatever happens; the code in the body counts, and each recipient's own. A repeated
 * `sequence_id` runs once: ours stands for the very recipients of the call, so that a request that some proxy repeats is not sent twice.
 */
export const turbosms: ChannelAdapter<TurbosmsSettings> = {
	name: "turbosms",
	settings: settingsSchema,
	channels: {
		viber: {
			kinds: ["text", "image_text", "text_button", "image_text_button"],
			textMax: 1000,
			captionMax: 30,
			bulkSize: BULK_SIZE,
			validityMax: TTL_MAX_SECONDS,
		},
		// Ten parts of Cyrillic; of Latin letters it would take 1521.
		sms: { kinds: ["text"], textMax: 661, captionMax: 0, bulkSize: BULK_SIZE, validityMax: TTL_MAX_SECONDS },
	},
	// A request's, not a message's: what goes again goes in other company.
	hasIdempotentIds: false,
	absenceHoldsMs: 0,
	namesOnlyItsOwnId: () => true,
	hasCallbacks: ({ callbackSecret }) => callbackSecret !== "",

	async send(call, settings, transport): Promise<SendOutcome> {
		const made = await callProvider(transport, requestOf("message/send", settings, bodyOf(call)));
		return "failed" in made ? { all: made.failed } : outcomeOf(made.answer, call.recipients);
	},

	async ask(messages, settings, transport): Promise<AskAnswer[]> {
		const ids = messages.flatMap(({ providerMessageId }) => providerMessageId ?? []);
		if (ids.length === 0) return messages.map(() => ({ type: "unanswered" }));
		const made = await callProvider(transport, requestOf("message/status", settings, { messages: ids }));
		const list = "answer" in made && made.answer.status === 200 ? listOf(readJsonFields(made.answer.body)) : undefined;
		const told = new Map(list?.map((item) => [item.message_id, item]));
		return messages.map(({ externalId, providerMessageId }) => {
			const item = providerMessageId === null ? undefined : told.get(providerMessageId);
			if (!item) return { type: "unanswered" };
			if (NO_SUCH_MESSAGE.has(Number(item.response_code))) return { type: "absent" };
			const status = readStatus(item);
			return status ? { type: "known", receipts: [{ externalId, ...status }] } : { type: "unanswered" };
		});
	},

	probe: (settings, transport) =>
		probeProvider(transport, requestOf("user/balance", settings, {}), (body) => {
			const { response_code: code, response_result: result } = JSON.parse(body);
			return code === 0 ? { amount: String(result.balance), currency: "UAH" } : causeOfRefusal(resultOfCode(code, 1));
		}),

	authenticate,
	readReceipts,
};

function requestOf(method: string, { baseUrl, authToken }: TurbosmsSettings, body: object) {
	return {
		method: "POST" as const,
		url: `${baseUrl}/${method}.json`,
		headers: { authorization: `Bearer ${authToken}`, "content-type": "application/json", accept: "application/json" },
		body: JSON.stringify(body),
	};
}

function bodyOf({ channel, content, recipients }: SendCall): object {
	const sequence = createHash("sha256");
	for (const { externalId } of recipients) sequence.update(`${externalId}\n`);
	const said: Fields = { sender: content.sender };
	if ("text" in content) said.text = content.text;
	if ("imageUrl" in content) said.image_url = content.imageUrl;
	if ("button" in content) Object.assign(said, { caption: content.button.caption, action: content.button.url });
	// A string would be refused, and so would a fraction.
	if (channel === "viber")
		said.ttl = Math.max(TTL_MIN_SECONDS, Math.min(Math.floor(content.validitySeconds), TTL_MAX_SECONDS));
	return {
		sequence_id: sequence.digest("hex").slice(0, 40),
		recipients: recipients.map(({ to }) => to.replace(/^\+/, "")),
		[channel]: said,
	};
}

function outcomeOf(answer: HttpAnswer, recipients: SendCall["recipients"]): SendOutcome {
	const ofStatus = resultOfHttpStatus(answer);
	if (ofStatus) return { all: ofStatus };
	const body = readJsonFields(answer.body);
	if (typeof body?.response_code !== "number") return { all: UNREADABLE };
	const list = listOf(body);
	// An answer in full about single people counts, whatever the code above it is.
	if (!list)
		return { all: hasList(body.response_code) ? UNREADABLE : resultOfCode(body.response_code, recipients.length) };
	const told = new Map(list.map((item) => [String(item.phone).replace(/^\+/, ""), item]));
	return { each: recipients.map(({ to }) => resultOfItem(told.get(to.replace(/^\+/, "")))) };
}

function listOf(body: Fields | undefined): Fields[] | undefined {
	if (!body || !Array.isArray(body.response_result)) return undefined;
	return body.response_result.filter(isFields);
}

function resultOfItem(item: Fields | undefined): SendResult {
	if (!item) return UNREADABLE;
	if (!isTaken(item.response_code)) return resultOfCode(item.response_code, 1);
	return typeof item.message_id === "string" && item.message_id !== ""
		? { type: "accepted", state: "handed_over", providerMessageId: item.message_id }
		: UNREADABLE;
}
