import { createHmac } from "node:crypto";
import { type Dialect, type FakeAnswer, type FakeOptions, OneByOneFake } from "../fake/one-by-one.ts";
import { signedText } from "./receipts.server.ts";

export const FAKE_KEY = { accountSid: `AC${"0".repeat(32)}`, authToken: "token-of-the-fake" };
/** Numbers that end so are refused in the answer. */
export const REFUSED_END = "990006";

const ROOT = `/2010-04-01/Accounts/${FAKE_KEY.accountSid}`;

/** A stand-in for Twilio's API 2010-04-01: `POST …/Messages.json`, the balance, signed callbacks as forms. */
export function startFake(): Promise<OneByOneFake> {
	return makeFake().listen();
}

/** The same for a server of somebody else's. */
export function makeFake(options?: FakeOptions): OneByOneFake {
	return new OneByOneFake(dialect, options);
}

function trouble(status: number, code: number, message: string): FakeAnswer {
	const body = { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status };
	return { status, body: JSON.stringify(body) };
}

const dialect: Dialect = {
	isLetIn: ({ headers }) =>
		headers.authorization === `Basic ${Buffer.from(`${FAKE_KEY.accountSid}:${FAKE_KEY.authToken}`).toString("base64")}`,
	isSend: ({ method, url }) => method === "POST" && url.pathname === `${ROOT}/Messages.json`,
	readSend({ body, headers }) {
		if (headers["content-type"] !== "application/x-www-form-urlencoded")
			return { refused: trouble(400, 21603, "A 'From' phone number is required.") };
		const form = new URLSearchParams(body);
		const [, channel = "", to] = /^(whatsapp:)?(\+\d{7,15})$/.exec(form.get("To") ?? "") ?? [];
		if (!to) return { refused: trouble(400, 21211, "Invalid 'To' Phone Number") };
		const sender = form.get("From") ?? "";
		if (!sender.startsWith(channel) || sender === channel) return { refused: trouble(400, 21212, "Invalid 'From'") };
		const text = form.get("Body") ?? "";
		if (!text && !form.has("MediaUrl")) return { refused: trouble(400, 21602, "Message body is required.") };
		if ([...text].length > 1600) return { refused: trouble(400, 21617, "The message body is too long") };
		const validity = Number(form.get("ValidityPeriod") ?? 36_000);
		if (!(validity >= 1 && validity <= 36_000)) return { refused: trouble(400, 20001, "Invalid ValidityPeriod") };
		if (to.endsWith(REFUSED_END)) return { refused: trouble(400, 21610, "Attempt to send to unsubscribed recipient") };
		return {
			message: {
				to,
				channel: channel ? "whatsapp" : "sms",
				sender,
				reference: undefined,
				callbackUrl: form.get("StatusCallback") ?? undefined,
			},
		};
	},
	taken: ({ id, to, sender }) => ({
		status: 201,
		body: JSON.stringify({ sid: id, status: "queued", to, from: sender, error_code: null, api_version: "2010-04-01" }),
	}),
	trouble: {
		unauthorized: trouble(401, 20003, "Authenticate"),
		forbidden: trouble(403, 20003, "Forbidden"),
		throttled: trouble(429, 20429, "Too Many Requests"),
		failed: trouble(500, 20500, "Internal Server Error"),
		badRequest: trouble(400, 20001, "Bad request"),
	},
	other: ({ method, url }) =>
		method === "GET" && url.pathname === `${ROOT}/Balance.json`
			? { status: 200, body: `{"account_sid":"${FAKE_KEY.accountSid}","balance":"12.34","currency":"USD"}` }
			: undefined,
	statesOn: (channel) => (channel === "sms" ? ["sent", "delivered"] : ["sent", "delivered", "read"]),
	// The status, and the error's code after it.
	misfortunes: { expired: "undelivered 30036", unreachable: "undelivered 30003" },
	callback(message, state) {
		const [status = "", code] = state.split(" ");
		const body = new URLSearchParams({
			MessageSid: message.id,
			SmsSid: message.id,
			MessageStatus: status,
			SmsStatus: status,
			AccountSid: FAKE_KEY.accountSid,
			From: message.sender,
			To: message.to,
			ApiVersion: "2010-04-01",
			...(code && { ErrorCode: code }),
		}).toString();
		const sign = (text: string) =>
			createHmac("sha1", FAKE_KEY.authToken)
				.update(signedText(message.callbackUrl ?? "", text))
				.digest("base64");
		return {
			body,
			headers: (text) => ({
				"content-type": "application/x-www-form-urlencoded",
				"x-twilio-signature": sign(text),
			}),
		};
	},
	newId: (serial) => `SM${serial.toString(16).padStart(32, "0")}`,
};
