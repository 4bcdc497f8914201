import { askEach } from "../ask-each.ts";
import type {
	AskAnswer,
	AskedMessage,
	ChannelAdapter,
	Content,
	SendCall,
	SendOutcome,
	SendResult,
} from "../channel.ts";
import {
	callProvider,
	causeOfRefusal,
	type Fields,
	type HttpAnswer,
	isFields,
	probeProvider,
	readExactFields,
	resultOfHttpStatus,
	UNREADABLE,
} from "../http-results.ts";
import { resultOfError } from "./codes.ts";
import { readReceipts, readStatus } from "./receipts.server.ts";
import { type SmsFlySettings, settingsSchema } from "./settings.ts";

const MINUTE_SECONDS = 60;
/** Samples go to 300; what is more is not known to be taken. */
const TTL_MAX_MINUTES = 300;
const common = { bulkSize: 1, validityMax: TTL_MAX_MINUTES * MINUTE_SECONDS };
const ASKED_AT_ONCE = 4;

/**
 * SMS-Fly's API v2 (Ukraine), from code of others that uses it. One address, one recipient a request, no idempotency; it is asked for
 * statuses by its own ids, one a request.
 */
export const smsFly: ChannelAdapter<SmsFlySettings> = {
	name: "sms-fly",
	settings: settingsSchema,
	channels: {
		viber: { ...common, kinds: ["text", "text_button", "image_text_button"], textMax: 1000, captionMax: 30 },
		// Ten parts of Cyrillic.
		sms: { ...common, kinds: ["text"], textMax: 661, captionMax: 0 },
	},
	hasIdempotentIds: false,
	absenceHoldsMs: 0,
	namesOnlyItsOwnId: () => true,
	hasCallbacks: () => false,

	async send(call, settings, transport): Promise<SendOutcome> {
		const each: SendResult[] = [];
		for (const { to } of call.recipients) {
			const made = await callProvider(transport, requestOf(settings, "SENDMESSAGE", dataOf(call, to)));
			each.push("failed" in made ? made.failed : resultOfAnswer(made.answer));
		}
		return each.length === 1 ? { all: each[0]! } : { each };
	},

	ask: (messages, settings, transport) =>
		askEach(messages, ASKED_AT_ONCE, async (message): Promise<AskAnswer> => {
			if (message.providerMessageId === null) return { type: "unanswered" };
			const data = { messageID: message.providerMessageId };
			const made = await callProvider(transport, requestOf(settings, "GETMESSAGESTATUS", data));
			return "failed" in made ? { type: "unanswered" } : answerOf(message, made.answer);
		}),

	probe: (settings, transport) =>
		probeProvider(transport, requestOf(settings, "GETBALANCE", {}), (body) => {
			const { success, data, error } = JSON.parse(body);
			if (success !== 1) return causeOfRefusal(resultOfError(error.code));
			return { amount: String(data.balance), currency: "UAH" };
		}),

	readReceipts,
};

function requestOf({ baseUrl, apiKey }: SmsFlySettings, action: string, data: object) {
	return {
		method: "POST" as const,
		url: baseUrl,
		headers: { "content-type": "application/json", accept: "application/json" },
		body: JSON.stringify({ auth: { key: apiKey }, action, data }),
	};
}

function dataOf({ channel, content }: SendCall, to: string): object {
	const minutes = Math.ceil(content.validitySeconds / MINUTE_SECONDS);
	const said = {
		source: content.sender,
		ttl: Math.max(1, Math.min(minutes, TTL_MAX_MINUTES)),
		...(channel === "viber" ? viberOf(content) : { text: "text" in content ? content.text : "" }),
	};
	return { recipient: to.replace(/^\+/, ""), channels: [channel], [channel]: said };
}

function viberOf(content: Content): Fields {
	return {
		...("text" in content && { text: content.text }),
		...("button" in content && { button: content.button }),
		...("imageUrl" in content && { image: content.imageUrl }),
	};
}

function resultOfAnswer(answer: HttpAnswer): SendResult {
	const ofStatus = resultOfHttpStatus(answer);
	if (ofStatus) return ofStatus;
	const body = readExactFields(answer.body);
	if (isFields(body?.error)) return resultOfError(body.error.code);
	const id = isFields(body?.data) ? body.data.messageID : undefined;
	const isId = typeof id === "number" || (typeof id === "string" && id !== "");
	return isId ? { type: "accepted", state: "handed_over", providerMessageId: String(id) } : UNREADABLE;
}

function answerOf({ externalId, providerMessageId }: AskedMessage, answer: HttpAnswer): AskAnswer {
	const data = answer.status === 200 ? readExactFields(answer.body)?.data : undefined;
	if (!isFields(data) || (data.messageID !== undefined && String(data.messageID) !== providerMessageId))
		return { type: "unanswered" };
	// The one that it went out on: each call names a single channel.
	const status = readStatus(data, "viber") ?? readStatus(data, "sms");
	return status ? { type: "known", receipts: [{ externalId, ...status }] } : { type: "unanswered" };
}
