import type { ChannelAdapter, SendCall, SendOutcome, SendResult } from "../channel.ts";
import {
	callProvider,
	type HttpAnswer,
	probeProvider,
	readJsonFields,
	resultOfHttpStatus,
	UNREADABLE,
} from "../http-results.ts";
import { resultOfCode } from "./errors.ts";
import { authenticate, readReceipts } from "./receipts.server.ts";
import { settingsSchema, type TwilioSettings } from "./settings.ts";

/** Seconds in Twilio's own queue. */
const VALIDITY_MAX_SECONDS = 36_000;
const common = { bulkSize: 1, textMax: 1600, captionMax: 0, validityMax: VALIDITY_MAX_SECONDS };

/** Twilio "Programmable Messaging", API 2010-04-01. One recipient a request, no idempotency; asked only by its own ids, so not at all. */
export const twilio: ChannelAdapter<TwilioSettings> = {
	name: "twilio",
	settings: settingsSchema,
	channels: {
		sms: { ...common, kinds: ["text"] },
		whatsapp: { ...common, kinds: ["text", "image", "image_text"] },
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
				url: `${addressOf(settings)}/Messages.json`,
				headers: headersOf(settings),
				body: formOf(call, recipient).toString(),
			});
			each.push("failed" in made ? made.failed : resultOfAnswer(made.answer));
		}
		return each.length === 1 ? { all: each[0]! } : { each };
	},

	probe: (settings, transport) =>
		probeProvider(
			transport,
			{ method: "GET", url: `${addressOf(settings)}/Balance.json`, headers: headersOf(settings) },
			(body) => {
				const { balance, currency } = JSON.parse(body);
				return { amount: String(balance), currency: typeof currency === "string" ? currency : null };
			},
		),

	authenticate,
	readReceipts,
};

function addressOf({ baseUrl, accountSid }: TwilioSettings): string {
	return `${baseUrl}/2010-04-01/Accounts/${accountSid}`;
}

function headersOf({ accountSid, authToken }: TwilioSettings): Record<string, string> {
	return {
		authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`,
		"content-type": "application/x-www-form-urlencoded",
		accept: "application/json",
	};
}

function formOf({ channel, content, callbackUrl }: SendCall, { to, externalId }: SendCall["recipients"][number]) {
	const prefix = channel === "whatsapp" ? "whatsapp:" : "";
	const form = new URLSearchParams({
		To: prefix + to,
		From: prefix + content.sender,
		StatusCallback: `${callbackUrl}/m/${externalId}`,
		ValidityPeriod: String(Math.max(1, Math.min(Math.floor(content.validitySeconds), VALIDITY_MAX_SECONDS))),
	});
	if ("text" in content) form.set("Body", content.text);
	if ("imageUrl" in content) form.set("MediaUrl", content.imageUrl);
	return form;
}

function resultOfAnswer(answer: HttpAnswer): SendResult {
	const body = readJsonFields(answer.body);
	if (answer.status >= 200 && answer.status < 300) {
		return typeof body?.sid === "string"
			? { type: "accepted", state: "handed_over", providerMessageId: body.sid }
			: UNREADABLE;
	}
	// A 5xx may have been taken whatever its body says, and a pause is told by the header.
	if (answer.status >= 500 || answer.status === 429) return resultOfHttpStatus(answer) ?? UNREADABLE;
	const known = resultOfCode(body?.code) ?? resultOfHttpStatus(answer);
	return known ?? { type: "refused", kind: "content", permanent: true, cause: "bad_request" };
}
