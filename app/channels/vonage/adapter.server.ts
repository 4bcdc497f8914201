import type {
	ChannelAdapter,
	ChannelLimits,
	ChannelName,
	Content,
	SendCall,
	SendOutcome,
	SendResult,
} from "../channel.ts";
import {
	callProvider,
	type HttpAnswer,
	probeProvider,
	readJsonFields,
	resultOfHttpStatus,
	UNREADABLE,
} from "../http-results.ts";
import { meaningOf } from "./errors.ts";
import { authenticate, readReceipts } from "./receipts.server.ts";
import { settingsSchema, type VonageSettings } from "./settings.ts";

const VALIDITY_MIN_SECONDS = 30;
const VALIDITY_MAX_SECONDS = 259_200;
const common = { bulkSize: 1, captionMax: 30, validityMax: VALIDITY_MAX_SECONDS };
const PAUSE_MS = 1_000;

const CHANNEL: Readonly<Record<ChannelName, string>> = { viber: "viber_service", whatsapp: "whatsapp", sms: "sms" };

/** Vonage "Messages API" v1, `POST /v1/messages`; from its SDKs of 2026. One recipient a request, no idempotency, no status query. */
export const vonage: ChannelAdapter<VonageSettings> = {
	name: "vonage",
	settings: settingsSchema,
	channels: {
		viber: {
			...common,
			kinds: ["text", "image", "image_text", "text_button", "image_text_button"],
			textMax: 1000,
		} satisfies ChannelLimits,
		whatsapp: { ...common, kinds: ["text", "image", "image_text"], textMax: 3000 },
		sms: { ...common, kinds: ["text"], textMax: 1000 },
	},
	hasIdempotentIds: false,
	absenceHoldsMs: 0,
	namesOnlyItsOwnId: () => false,
	hasCallbacks: () => true,

	async send(call, settings, transport): Promise<SendOutcome> {
		const each: SendResult[] = [];
		for (const recipient of call.recipients) {
			const made = await callProvider(transport, {
				method: "POST",
				url: `${settings.baseUrl}/v1/messages`,
				headers: headersOf(settings),
				body: JSON.stringify(messageOf(call, recipient)),
			});
			each.push("failed" in made ? made.failed : resultOfAnswer(made.answer));
		}
		return each.length === 1 ? { all: each[0]! } : { each };
	},

	probe: (settings, transport) =>
		probeProvider(
			transport,
			{ method: "GET", url: `${settings.baseUrl}/account/get-balance`, headers: headersOf(settings) },
			(body) => ({ amount: String(JSON.parse(body).value), currency: "EUR" }),
		),

	authenticate,
	readReceipts,
};

function headersOf({ apiKey, apiSecret }: VonageSettings): Record<string, string> {
	return {
		authorization: `Basic ${Buffer.from(`${apiKey}:${apiSecret}`).toString("base64")}`,
		"content-type": "application/json",
		accept: "application/json",
	};
}

function messageOf(call: SendCall, { to, externalId }: SendCall["recipients"][number]): Record<string, unknown> {
	const { channel, content, callbackUrl } = call;
	const validity = Math.max(VALIDITY_MIN_SECONDS, Math.min(Math.floor(content.validitySeconds), VALIDITY_MAX_SECONDS));
	return {
		channel: CHANNEL[channel],
		from: content.sender,
		to: to.replace(/^\+/, ""),
		// The only word of ours that callbacks repeat.
		client_ref: externalId,
		webhook_url: callbackUrl,
		webhook_version: "v1",
		...bodyOf(content),
		...(channel === "viber" ? { viber_service: { ttl: validity, ...actionOf(content) } } : {}),
		...(channel === "sms" ? { ttl: validity, sms: { encoding_type: "auto" } } : {}),
	};
}

function bodyOf(content: Content): Record<string, unknown> {
	if (!("imageUrl" in content)) return { message_type: "text", text: content.text };
	const caption = "text" in content ? { caption: content.text } : {};
	// Viber's picture with words is a picture whose caption they are, too (Python SDK: ViberImage).
	return { message_type: "image", image: { url: content.imageUrl, ...caption } };
}

function actionOf(content: Content): Record<string, unknown> {
	return "button" in content ? { action: { url: content.button.url, text: content.button.caption } } : {};
}

function resultOfAnswer(answer: HttpAnswer): SendResult {
	const body = readJsonFields(answer.body);
	if (answer.status >= 200 && answer.status < 300) {
		return typeof body?.message_uuid === "string"
			? { type: "accepted", state: "handed_over", providerMessageId: body.message_uuid }
			: UNREADABLE;
	}
	const meaning = body && meaningOf(body);
	if (answer.status === 422 || answer.status === 400) {
		const { cause = "bad_request", kind } = meaning ?? {};
		if (cause === "throttled" || cause === "flooding" || cause === "provider_fault")
			return { type: "throttled", retryAfterMs: PAUSE_MS, cause };
		if (!meaning && Array.isArray(body?.invalid_parameters)) return invalidParameter(body.invalid_parameters);
		const isOurs = kind === "config" || kind === "balance";
		return { type: "refused", kind: meaning ? (kind ?? "number") : "content", permanent: !isOurs, cause };
	}
	return resultOfHttpStatus(answer) ?? { type: "refused", kind: "content", permanent: true, cause: "bad_request" };
}

/** Which of our fields it found fault with. */
function invalidParameter(parameters: unknown[]): SendResult {
	const names = parameters.map((one) => String((one as { name?: unknown } | null)?.name));
	if (names.includes("to")) return { type: "refused", kind: "number", permanent: true, cause: "bad_number" };
	if (names.includes("from"))
		return { type: "refused", kind: "config", permanent: false, cause: "sender_not_registered" };
	return { type: "refused", kind: "content", permanent: true, cause: "bad_request" };
}
