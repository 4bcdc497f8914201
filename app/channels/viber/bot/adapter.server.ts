import type { ChannelAdapter, Content, Recipient, SendOutcome, SendResult } from "../../channel.ts";
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
} from "../../http-results.ts";
import { resultOfFailed, resultOfStatus } from "./codes.ts";
import { authenticate, isToken, ownIdOf, readReceipts } from "./receipts.server.ts";
import { settingsSchema, type ViberBotSettings } from "./settings.ts";
import { requestOf, tellWebhook } from "./webhook.server.ts";

const FORTNIGHT_SECONDS = 14 * 86_400;
/** A bot writes to people by the names that Viber gave it for them, never to a number. */
const PHONE = /^\+\d{7,15}$/;
const NOT_A_SUBSCRIBER: SendResult = { type: "refused", kind: "number", permanent: true, cause: "not_on_channel" };

/**
 * Viber's bot API: to those who subscribed to the bot, one by `send_message`, several by `broadcast_message`. HTTP says 200 whatever
 * happens. No idempotency, no status query, no balance.
 */
export const viberBot: ChannelAdapter<ViberBotSettings> = {
	name: "viber-bot",
	settings: settingsSchema,
	channels: {
		viber: {
			kinds: ["text", "image", "image_text", "text_button", "image_text_button"],
			// It takes 7000 characters, but 30 kB of request with the names of 300 people in it.
			textMax: 5000,
			imageTextMax: 768,
			captionMax: 30,
			bulkSize: 300,
			validityMax: FORTNIGHT_SECONDS,
		},
	},
	hasIdempotentIds: false,
	absenceHoldsMs: 0,
	namesOnlyItsOwnId: () => true,
	hasCallbacks: () => true,

	async send({ content, recipients, callbackUrl }, settings, transport): Promise<SendOutcome> {
		const people = recipients.filter(({ to }) => !PHONE.test(to));
		if (people.length === 0) return { all: NOT_A_SUBSCRIBER };
		await tellWebhook(callbackUrl, settings, transport);
		const made = await callProvider(transport, requestFor(people, content, settings));
		if ("failed" in made) return spreadOver(recipients, () => made.failed);
		const resultOf = readAnswer(made.answer, people.length);
		return spreadOver(recipients, resultOf);
	},

	probe: (settings, transport) =>
		probeProvider(transport, requestOf("get_account_info", settings, {}), (body) => {
			const { status } = JSON.parse(body);
			return status === 0 ? undefined : causeOfRefusal(resultOfStatus(status, 1));
		}),

	authenticate,
	readReceipts,
};

function spreadOver(recipients: Recipient[], resultOf: (userId: string) => SendResult): SendOutcome {
	return { each: recipients.map(({ to }) => (PHONE.test(to) ? NOT_A_SUBSCRIBER : resultOf(to))) };
}

function requestFor(people: Recipient[], content: Content, settings: ViberBotSettings) {
	const message = { sender: { name: content.sender }, min_api_version: 1, ...saidOf(content) };
	// One alone needs no leave to broadcast, which not every bot has.
	return people.length === 1
		? requestOf("send_message", settings, { receiver: people[0]!.to, ...message })
		: requestOf("broadcast_message", settings, { ...message, broadcast_list: people.map(({ to }) => to) });
}

function saidOf(content: Content): Fields {
	const said =
		"imageUrl" in content
			? // The field is required, even with nothing to say.
				{ type: "picture", media: content.imageUrl, text: "text" in content ? content.text : "" }
			: { type: "text", text: content.text };
	return { ...said, ...("button" in content && { keyboard: keyboardOf(content.button) }) };
}

/** The only button that a bot has: a keyboard of one, that opens the address. */
function keyboardOf({ caption, url }: { caption: string; url: string }): object {
	const button = { Columns: 6, Rows: 1, ActionType: "open-url", ActionBody: url, Text: caption };
	return { Type: "keyboard", DefaultHeight: false, Buttons: [button] };
}

/** What an answer means for each of those whom the call was for. */
function readAnswer(answer: HttpAnswer, people: number): (userId: string) => SendResult {
	const ofStatus = resultOfHttpStatus(answer);
	if (ofStatus) return () => ofStatus;
	const body = readExactFields(answer.body);
	if (typeof body?.status !== "number") return () => UNREADABLE;
	const failed = Array.isArray(body.failed_list) ? body.failed_list.filter(isFields) : [];
	const fates = new Map(failed.map(({ receiver, status }) => [receiver, resultOfFailed(status)]));
	const { status, message_token: token } = body;
	return (userId) => {
		const fate = fates.get(userId);
		if (fate) return fate;
		if (status !== 0) return resultOfStatus(status, people);
		return isToken(token)
			? { type: "accepted", state: "handed_over", providerMessageId: ownIdOf(token, userId) }
			: UNREADABLE;
	};
}
