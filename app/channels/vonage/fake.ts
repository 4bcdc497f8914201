import { createHash, createHmac, randomUUID } from "node:crypto";
import { type Dialect, type FakeAnswer, type FakeOptions, OneByOneFake } from "../fake/one-by-one.ts";
import { isFields, readJsonFields } from "../http-results.ts";

export const FAKE_KEY = { apiKey: "key1", apiSecret: "secret-1", signatureSecret: "signature-secret-of-the-fake" };
/** Numbers that end so are refused in the answer. */
export const REFUSED_END = "990006";

const ERRORS = "https://developer.vonage.com/api-errors/messages";

/** A stand-in for Vonage's Messages API: `POST /v1/messages`, the balance, signed callbacks. */
export function startFake(): Promise<OneByOneFake> {
	return makeFake().listen();
}

/** The same for a server of somebody else's. */
export function makeFake(options?: FakeOptions): OneByOneFake {
	return new OneByOneFake(dialect, options);
}

function problem(status: number, code: string, title: string, more: object = {}): FakeAnswer {
	const body = { type: `${ERRORS}#${code}`, title, detail: title, instance: randomUUID(), ...more };
	return { status, headers: { "content-type": "application/problem+json" }, body: JSON.stringify(body) };
}

const dialect: Dialect = {
	isLetIn: ({ headers }) =>
		headers.authorization === `Basic ${Buffer.from(`${FAKE_KEY.apiKey}:${FAKE_KEY.apiSecret}`).toString("base64")}`,
	isSend: ({ method, url }) => method === "POST" && url.pathname === "/v1/messages",
	readSend({ body }) {
		const message = readJsonFields(body);
		if (!message) return { refused: problem(422, "1150", "Invalid params") };
		const wrong = faultsOf(message);
		if (wrong.length > 0)
			return {
				refused: problem(422, "", "Invalid params", {
					invalid_parameters: wrong.map((name) => ({ name, reason: "wrong" })),
				}),
			};
		const to = `+${message.to}`;
		if (to.endsWith(REFUSED_END)) return { refused: problem(422, "1170", "Invalid MSISDN") };
		return {
			message: {
				to,
				channel: String(message.channel),
				sender: String(message.from),
				reference: message.client_ref as string | undefined,
				callbackUrl: message.webhook_url as string | undefined,
			},
		};
	},
	taken: ({ id }) => ({ status: 202, body: JSON.stringify({ message_uuid: id }) }),
	trouble: {
		unauthorized: problem(401, "unauthorized", "Unauthorized"),
		forbidden: problem(403, "forbidden", "Forbidden"),
		throttled: problem(429, "throttled", "Throttled"),
		failed: problem(500, "internal", "Internal error"),
		badRequest: problem(422, "1150", "Invalid params"),
	},
	other: ({ method, url }) =>
		method === "GET" && url.pathname === "/account/get-balance"
			? { status: 200, body: '{"value":12.5,"autoReload":false}' }
			: undefined,
	statesOn: (channel) => (channel === "sms" ? ["submitted", "delivered"] : ["submitted", "delivered", "read"]),
	// The status, and the error's code after it.
	misfortunes: {
		not_on_channel: "rejected 1300",
		blocked_by_recipient: "rejected 1240",
		expired: "undeliverable 1360",
		unreachable: "undeliverable 1260",
	},
	callback(message, state) {
		const [status, code] = state.split(" ");
		const told = {
			message_uuid: message.id,
			to: message.to.slice(1),
			from: message.sender,
			timestamp: new Date().toISOString(),
			status,
			channel: message.channel,
			client_ref: message.reference,
			usage: { currency: "EUR", price: "0.0120" },
			...(code && {
				error: { type: `${ERRORS}#${code}`, title: code, detail: "As it was told.", instance: randomUUID() },
			}),
		};
		return {
			body: JSON.stringify(told),
			headers: (body) => ({ "content-type": "application/json", authorization: `Bearer ${signedToken(body)}` }),
		};
	},
	newId: () => randomUUID(),
};

/** Fields that are missing or wrong; source: the models of the Python SDK. */
function faultsOf(message: Record<string, unknown>): string[] {
	const wrong: string[] = [];
	const tell = (name: string, isRight: boolean) => {
		if (!isRight) wrong.push(name);
	};
	const isText = (value: unknown, max: number) => typeof value === "string" && value !== "" && [...value].length <= max;
	tell("channel", ["viber_service", "whatsapp", "sms"].includes(String(message.channel)));
	tell("to", /^\d{7,15}$/.test(String(message.to)));
	tell("from", isText(message.from, 50));
	tell("client_ref", message.client_ref === undefined || isText(message.client_ref, 100));
	if (message.message_type === "text")
		tell("text", isText(message.text, message.channel === "viber_service" ? 1000 : 4096));
	else if (message.message_type === "image" && message.channel !== "sms") {
		const image = isFields(message.image) ? message.image : {};
		tell("image.url", /^https?:\/\//.test(String(image.url)));
		tell("image.caption", image.caption === undefined || isText(image.caption, 3000));
	} else wrong.push("message_type");
	const service = message.viber_service;
	if (isFields(service)) {
		tell(
			"viber_service.ttl",
			Number.isInteger(service.ttl) && Number(service.ttl) >= 30 && Number(service.ttl) <= 259_200,
		);
		const { action } = service;
		if (action !== undefined)
			tell(
				"viber_service.action",
				isFields(action) && isText(action.text, 30) && /^https?:\/\//.test(String(action.url)),
			);
	}
	return wrong;
}

function signedToken(body: string): string {
	const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
	const claims = {
		iat: Math.floor(Date.now() / 1000),
		jti: randomUUID(),
		iss: "Vonage",
		payload_hash: createHash("sha256").update(body).digest("hex"),
		api_key: FAKE_KEY.apiKey,
	};
	const signed = `${encode({ typ: "JWT", alg: "HS256" })}.${encode(claims)}`;
	return `${signed}.${createHmac("sha256", FAKE_KEY.signatureSecret).update(signed).digest("base64url")}`;
}
