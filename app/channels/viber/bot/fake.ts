import { createHmac } from "node:crypto";
import { type BulkDialect, type FakeAnswer, type FakeRequest, OneByOneFake } from "../../fake/one-by-one.ts";
import { type Fields, isFields, readJsonFields } from "../../http-results.ts";

export const FAKE_KEY = "token-of-the-fake-bot";
/** People whose id ends so have left the bot. */
export const LEFT_END = "left==";

interface Bot {
	webhook: string | undefined;
	/** The message token of each message: one for a whole broadcast. */
	tokens: Map<string, bigint>;
	/** Tells the bot's owner of something. */
	post(body: string): void;
}

/** A stand-in for Viber's bot API: webhook, send, broadcast, account; signed events, tokens of 64 bits. */
export async function startFake(): Promise<OneByOneFake> {
	const bot: Bot = { webhook: undefined, tokens: new Map(), post: () => {} };
	const fake = await new OneByOneFake(dialectOf(bot)).listen();
	bot.post = (body) => bot.webhook && fake.poster.post(bot.webhook, () => body, signed);
	return fake;
}

function told(status: number, status_message: string, more: object = {}): FakeAnswer {
	return { status: 200, body: JSON.stringify({ status, status_message, chat_hostname: "SN-CHAT-01_", ...more }) };
}

/** JSON with a number that JavaScript could not write. */
function withToken(answer: FakeAnswer, token: bigint): FakeAnswer {
	return { ...answer, body: answer.body.replace(/\}$/, `,"message_token":${token}}`) };
}

function signed(body: string): Record<string, string> {
	const signature = createHmac("sha256", FAKE_KEY).update(body).digest("hex");
	return { "content-type": "application/json", "x-viber-content-signature": signature };
}

const FIRST_TOKEN = 5741311803571721087n;

function dialectOf(bot: Bot): BulkDialect {
	let broadcasts = 0n;
	return {
		isLetIn: ({ headers }) => headers["x-viber-auth-token"] === FAKE_KEY,
		isSend: ({ url }) => url.pathname === "/send_message" || url.pathname === "/broadcast_message",
		readBulk(request) {
			const body = readJsonFields(request.body) ?? {};
			if (!bot.webhook) return { refused: told(10, "webhookNotSet") };
			const receivers = request.url.pathname === "/send_message" ? [body.receiver] : body.broadcast_list;
			if (!Array.isArray(receivers) || receivers.length === 0 || receivers.length > 300 || isFaulty(request.body, body))
				return { refused: told(3, "badData") };
			const items = receivers.map((receiver) => {
				const to = String(receiver);
				if (to.endsWith(LEFT_END)) return { to, refusal: 6 };
				return { message: { to, channel: "viber", sender: "bot", reference: undefined, callbackUrl: bot.webhook } };
			});
			const [only] = items;
			if (request.url.pathname === "/send_message" && only && "refusal" in only)
				return { refused: told(6, "receiverNotSubscribed") };
			return { items };
		},
		answerBulk(items) {
			const token = FIRST_TOKEN + broadcasts++;
			const failed = items.flatMap((item) =>
				"message" in item ? [] : { receiver: item.to, status: item.refusal, status_message: "receiverNotSubscribed" },
			);
			for (const item of items) if ("message" in item) bot.tokens.set(item.message.id, token);
			return withToken(told(0, "ok", { failed_list: failed }), token);
		},
		trouble: {
			unauthorized: told(2, "invalidAuthToken"),
			forbidden: told(19, "cannotSendBroadcast"),
			throttled: { status: 429, body: "" },
			failed: told(99, "generalError"),
			badRequest: told(3, "badData"),
		},
		other: (request) => otherOf(request, bot),
		statesOn: () => ["delivered", "seen"],
		callback: (message, event) => ({
			body: eventText(event, bot.tokens.get(message.id) ?? 0n, { user_id: message.to }),
			headers: signed,
		}),
		newId: (serial) => `m${serial}`,
	};
}

function eventText(event: string, token: bigint, more: object): string {
	const body = { event, timestamp: Date.now(), ...more };
	return withToken({ status: 200, body: JSON.stringify(body) }, token).body;
}

function otherOf({ url, body }: FakeRequest, bot: Bot): FakeAnswer | undefined {
	if (url.pathname === "/get_account_info") return told(0, "ok", { id: "pa:1", name: "Bot", subscribers_count: 3 });
	if (url.pathname !== "/set_webhook") return undefined;
	const address = readJsonFields(body)?.url;
	if (typeof address !== "string" || !/^https?:\/\//.test(address)) return told(1, "invalidUrl");
	bot.webhook = address;
	bot.post(eventText("webhook", 5741311803571721000n, { chat_hostname: "SN-CHAT-01_" }));
	return told(0, "ok", { event_types: ["delivered", "seen", "failed"] });
}

/** Source: the table of what a message holds. */
function isFaulty(text: string, body: Fields): boolean {
	if (Buffer.byteLength(text) > 30_000) return true;
	const name = isFields(body.sender) ? body.sender.name : undefined;
	if (typeof name !== "string" || name === "" || [...name].length > 28) return true;
	const length = typeof body.text === "string" ? [...body.text].length : -1;
	if (body.type === "text") return length < 1 || length > 7000;
	return body.type !== "picture" || length < 0 || length > 768 || !/^https?:\/\//.test(String(body.media));
}
