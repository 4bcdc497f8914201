import { askEach } from "../../ask-each.ts";
import {
	type AskAnswer,
	type ChannelAdapter,
	type Content,
	type Receipt,
	type SendCall,
	type SendOutcome,
	type Transport,
	TransportError,
} from "../../channel.ts";
import { callProvider, probeProvider } from "../../http-results.ts";
import { outcomeOfAnswer } from "./outcome.ts";
import { readReceipts, readReport, resultsOf } from "./receipts.server.ts";
import { type InfobipSettings, settingsSchema } from "./settings.ts";

const HOUR_SECONDS = 60 * 60;
/** Infobip cuts longer periods to this without a word. */
const VALIDITY_MAX_SECONDS = 48 * HOUR_SECONDS;
/** The log holds 48 hours; an hour less, because clocks differ and sending takes time. */
const LOG_KEPT_MS = 47 * HOUR_SECONDS * 1000;
const ASKED_AT_ONCE = 10;

/** Infobip "Viber Business Messages", `POST /viber/2/messages`; OpenAPI 3.210.0. */
export const infobipViber: ChannelAdapter<InfobipSettings> = {
	name: "infobip-viber",
	settings: settingsSchema,
	channels: {
		viber: {
			kinds: ["text", "image", "image_text", "text_button", "image_text_button"],
			textMax: 1000,
			captionMax: 30,
			// The specification names no maximum. A call that breaks leaves all of its messages unknown, so that more is not better.
			bulkSize: 100,
			validityMax: VALIDITY_MAX_SECONDS,
		},
	},
	hasIdempotentIds: true,
	absenceHoldsMs: LOG_KEPT_MS,
	namesOnlyItsOwnId: () => false,
	hasCallbacks: () => true,

	async send(call, settings, transport): Promise<SendOutcome> {
		const made = await callProvider(transport, {
			method: "POST",
			url: `${settings.baseUrl}/viber/2/messages`,
			headers: headersOf(settings),
			body: bodyOf(call, settings.failoverSender),
		});
		return "failed" in made ? { all: made.failed } : outcomeOfAnswer(made.answer, call.recipients);
	},

	// The log takes one id a request.
	ask: (messages, settings, transport) =>
		askEach(messages, ASKED_AT_ONCE, ({ externalId }) => askOne(externalId, settings, transport)),

	probe: (settings, transport) =>
		probeProvider(
			transport,
			{ method: "GET", url: `${settings.baseUrl}/account/1/balance`, headers: headersOf(settings) },
			(body) => {
				const { balance, currency } = JSON.parse(body);
				return { amount: String(balance), currency: typeof currency === "string" ? currency : null };
			},
		),

	readReceipts,
};

async function askOne(externalId: string, settings: InfobipSettings, transport: Transport): Promise<AskAnswer> {
	const url = `${settings.baseUrl}/viber/2/logs?messageId=${encodeURIComponent(externalId)}`;
	try {
		const answer = await transport.request({ method: "GET", url, headers: headersOf(settings) });
		if (answer.status !== 200) return { type: "unanswered" };
		const results = resultsOf(answer.body);
		if (!results) return { type: "unanswered" };
		if (results.length === 0) return { type: "absent" };
		const receipts = results.map(readReport).filter((receipt) => receipt?.externalId === externalId);
		return receipts.length > 0 ? { type: "known", receipts: receipts as Receipt[] } : { type: "unanswered" };
	} catch (error) {
		if (error instanceof TransportError) return { type: "unanswered" };
		throw error;
	}
}

/** Headers are the same in every call with the same settings object. */
const headers = new WeakMap<InfobipSettings, Record<string, string>>();

function headersOf(settings: InfobipSettings): Record<string, string> {
	let known = headers.get(settings);
	if (!known) {
		known = {
			authorization: `App ${settings.apiKey}`,
			"content-type": "application/json",
			accept: "application/json",
		};
		headers.set(settings, known);
	}
	return known;
}

/** What every call of a campaign begins with, by its content: only the recipients differ. */
const openings = new WeakMap<Content, { callbackUrl: string; failoverSender: string; text: string }>();

function openingOf(content: Content, callbackUrl: string, failoverSender: string): string {
	const known = openings.get(content);
	if (known?.callbackUrl === callbackUrl && known.failoverSender === failoverSender) return known.text;
	const failover = failoverOf(content, failoverSender);
	const message = JSON.stringify({
		sender: content.sender,
		content: contentOf(content),
		options: {
			validityPeriod: {
				amount: Math.max(1, Math.min(Math.floor(content.validitySeconds), VALIDITY_MAX_SECONDS)),
				timeUnit: "SECONDS",
			},
			...(failover && { smsFailover: failover }),
		},
		webhooks: {
			delivery: { url: callbackUrl, ...(failover && { receiveTriggeredFailoverReports: true }) },
			seen: { url: `${callbackUrl}/seen` },
			contentType: "application/json",
		},
	});
	const text = `{"messages":[${message.slice(0, -1)},"destinations":[`;
	openings.set(content, { callbackUrl, failoverSender, text });
	return text;
}

/** A picture alone says nothing that an SMS could; a button's address stands behind the words. */
function failoverOf(content: Content, sender: string): { sender: string; text: string } | undefined {
	if (sender === "" || content.hasNextLeg || !("text" in content)) return undefined;
	return { sender, text: "button" in content ? `${content.text} ${content.button.url}` : content.text };
}

/** Infobip's own shape of what is said. */
function contentOf(content: Content): Record<string, unknown> {
	const button = "button" in content ? { button: { title: content.button.caption, action: content.button.url } } : {};
	switch (content.kind) {
		case "text":
		case "text_button":
			return { type: "TEXT", text: content.text, ...button };
		case "image":
			return { type: "IMAGE", mediaUrl: content.imageUrl };
		case "image_text":
		case "image_text_button":
			return { type: "IMAGE", mediaUrl: content.imageUrl, text: content.text, ...button };
	}
}

/** One message with one content and all the recipients. Numbers go without the plus. */
function bodyOf({ content, recipients, callbackUrl }: SendCall, failoverSender: string): string {
	let body = openingOf(content, callbackUrl, failoverSender);
	for (let i = 0; i < recipients.length; i++) {
		const { to, externalId } = recipients[i]!;
		const number = to.charCodeAt(0) === 43 ? to.slice(1) : to;
		body += `${i === 0 ? "" : ","}{"to":${JSON.stringify(number)},"messageId":${JSON.stringify(externalId)}}`;
	}
	return `${body}]}]}`;
}
