import type { ChannelAdapter, ProbeAnswer, SendOutcome, SendResult } from "../../channel.ts";
import {
	callProvider,
	type HttpAnswer,
	isFields,
	readJsonFields,
	resultOfHttpStatus,
	UNREADABLE,
} from "../../http-results.ts";
import { meaningOf, resultOf } from "./errors.ts";
import { messageOf } from "./message.ts";
import { authenticate, readGet, readReceipts } from "./receipts.server.ts";
import { settingsSchema, type WhatsappCloudSettings } from "./settings.ts";

/** Meta's WhatsApp Business Platform, Cloud API v23.0. One recipient a request, no idempotency, no status query to rely on. */
export const whatsappCloud: ChannelAdapter<WhatsappCloudSettings> = {
	name: "whatsapp-cloud",
	settings: settingsSchema,
	channels: {
		whatsapp: {
			kinds: ["text", "image", "image_text", "text_button", "image_text_button"],
			// Of captions, of words with a button and of templates; plain free-form text may have 4,096.
			textMax: 1024,
			captionMax: 20,
			bulkSize: 1,
			// A template's own time to live is set at Meta; the API takes none.
			validityMax: 2_592_000,
		},
	},
	hasIdempotentIds: false,
	absenceHoldsMs: 0,
	namesOnlyItsOwnId: () => false,
	hasCallbacks: () => true,

	async send(call, settings, transport): Promise<SendOutcome> {
		const each: SendResult[] = [];
		for (const recipient of call.recipients) {
			const message = messageOf(call.content, recipient, settings);
			if (!message) return { all: NO_TEMPLATE };
			const made = await callProvider(transport, {
				method: "POST",
				url: `${addressOf(settings)}/messages`,
				headers: { ...headersOf(settings), "content-type": "application/json" },
				body: JSON.stringify(message),
			});
			const { result, isPair } = "failed" in made ? { result: made.failed, isPair: false } : readAnswer(made.answer);
			// A pause that is about one person stops nobody else.
			if (call.recipients.length === 1 && !isPair) return { all: result };
			each.push(result);
		}
		return { each };
	},

	async probe(settings, transport): Promise<ProbeAnswer> {
		const url = `${addressOf(settings)}?fields=verified_name`;
		const made = await callProvider(transport, { method: "GET", url, headers: headersOf(settings) });
		if (!("failed" in made) && typeof readJsonFields(made.answer.body)?.id === "string") return { type: "well" };
		const result = "failed" in made ? made.failed : readAnswer(made.answer).result;
		if (result.type === "accepted") return { type: "unanswered", cause: "answer_unreadable" };
		return { type: result.type === "refused" ? "refused" : "unanswered", cause: result.cause };
	},

	authenticate,
	readGet,
	readReceipts,
};

/** What the admin has to mend: a content with a picture, and no template for such. */
const NO_TEMPLATE: SendResult = { type: "refused", kind: "config", permanent: false, cause: "template_mismatch" };

function addressOf({ baseUrl, apiVersion, phoneNumberId }: WhatsappCloudSettings): string {
	return `${baseUrl}/${apiVersion}/${phoneNumberId}`;
}

function headersOf({ accessToken }: WhatsappCloudSettings): Record<string, string> {
	return { authorization: `Bearer ${accessToken}`, accept: "application/json" };
}

function readAnswer(answer: HttpAnswer): { result: SendResult; isPair: boolean } {
	const body = readJsonFields(answer.body);
	if (answer.status >= 200 && answer.status < 300) {
		const [message] = Array.isArray(body?.messages) ? body.messages : [];
		const id: unknown = message?.id;
		const isTaken = typeof id === "string" && id !== "";
		return {
			result: isTaken ? { type: "accepted", state: "handed_over", providerMessageId: id } : UNREADABLE,
			isPair: false,
		};
	}
	// A 5xx may have been taken whatever its body says, and a pause may be told by the header.
	const ofStatus = resultOfHttpStatus(answer);
	if (ofStatus && (answer.status >= 500 || answer.headers["retry-after"])) return { result: ofStatus, isPair: false };
	// Meta asks to go by its code: the status is now 400, now 401, 403 or 429 for the same.
	const error = isFields(body?.error) ? body.error : {};
	const meaning = meaningOf(error.code, error.error_subcode);
	if (meaning) return { result: resultOf(meaning), isPair: meaning.kind === "later" && meaning.isPair === true };
	const refused: SendResult = { type: "refused", kind: "content", permanent: true, cause: "bad_request" };
	return { result: ofStatus ?? refused, isPair: false };
}
