import { createHmac } from "node:crypto";
import { type Dialect, type FakeAnswer, OneByOneFake, type TakenMessage } from "../../fake/one-by-one.ts";
import { type Fields, isFields, readJsonFields } from "../../http-results.ts";

export const FAKE_KEY = {
	apiVersion: "v23.0",
	phoneNumberId: "1098765",
	accessToken: "EAAG-token-of-the-fake",
	appSecret: "app-secret-of-the-fake",
	verifyToken: "word-of-the-fake",
};
/** Numbers that end so are refused in the answer. */
export const REFUSED_END = "990006";

const ROOT = `/${FAKE_KEY.apiVersion}/${FAKE_KEY.phoneNumberId}`;

/** A stand-in for the Cloud API: `POST …/messages`, the number itself, signed webhooks to where `callBackTo` says. */
export function startFake(): Promise<OneByOneFake & { callBackTo(url: string): void }> {
	let callbackUrl: string | undefined;
	const fake = new OneByOneFake(dialect(() => callbackUrl));
	return Object.assign(fake, {
		callBackTo(url: string) {
			callbackUrl = url;
		},
	}).listen();
}

function trouble(status: number, code: number, message: string): FakeAnswer {
	const error = { message: `(#${code}) ${message}`, type: "OAuthException", code, fbtrace_id: "A1b2" };
	return { status, body: JSON.stringify({ error }) };
}

const dialect = (callbackUrl: () => string | undefined): Dialect => ({
	isLetIn: ({ headers }) => headers.authorization === `Bearer ${FAKE_KEY.accessToken}`,
	isSend: ({ method, url }) => method === "POST" && url.pathname === `${ROOT}/messages`,
	readSend({ body }) {
		const message = readJsonFields(body);
		const wrong = message ? faultOf(message) : "not JSON";
		if (!message || wrong) return { refused: trouble(400, 100, `Invalid parameter: ${wrong}`) };
		const to = `+${String(message.to).replace("+", "")}`;
		if (to.endsWith(REFUSED_END)) return { refused: trouble(400, 131026, "Message undeliverable") };
		const reference = message.biz_opaque_callback_data as string | undefined;
		return { message: { to, channel: "whatsapp", sender: "", reference, callbackUrl: callbackUrl() } };
	},
	taken({ id, to }) {
		const number = to.replace("+", "");
		const taken = { messaging_product: "whatsapp", contacts: [{ input: number, wa_id: number }], messages: [{ id }] };
		return { status: 200, body: JSON.stringify(taken) };
	},
	trouble: {
		unauthorized: trouble(401, 190, "Invalid OAuth access token"),
		forbidden: trouble(403, 10, "Application does not have permission for this action"),
		throttled: trouble(429, 130429, "Rate limit hit"),
		failed: trouble(500, 131000, "Something went wrong"),
		badRequest: trouble(400, 131009, "Parameter value is not valid"),
	},
	other: ({ method, url }) =>
		method === "GET" && url.pathname === ROOT
			? { status: 200, body: `{"verified_name":"DemoShop","id":"${FAKE_KEY.phoneNumberId}"}` }
			: undefined,
	statesOn: () => ["sent", "delivered", "read"],
	callback(message, status) {
		return {
			body: webhookOf(message, status),
			headers: (body) => ({ "content-type": "application/json", "x-hub-signature-256": signatureOf(body) }),
		};
	},
	newId: (serial) => `wamid.HBgM${serial.toString(36).toUpperCase()}==`,
});

/** As Meta writes it: non-ASCII letters and slashes escaped, which is what it signs. */
function webhookOf(message: TakenMessage, status: string): string {
	const told = {
		id: message.id,
		status,
		timestamp: String(Math.floor(Date.now() / 1000)),
		recipient_id: message.to.slice(1),
		pricing: { billable: true, pricing_model: "PMP", category: "marketing", type: "regular" },
		...(message.reference !== undefined && { biz_opaque_callback_data: message.reference }),
	};
	const metadata = { display_phone_number: "Größe", phone_number_id: FAKE_KEY.phoneNumberId };
	const value = { messaging_product: "whatsapp", metadata, statuses: [told] };
	const event = {
		object: "whatsapp_business_account",
		entry: [{ id: "2233", changes: [{ field: "messages", value }] }],
	};
	return JSON.stringify(event)
		.replace(/[\u0080-\uffff]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`)
		.replaceAll("/", "\\/");
}

function signatureOf(body: string): string {
	return `sha256=${createHmac("sha256", FAKE_KEY.appSecret).update(body).digest("hex")}`;
}

/** The first field that is missing or wrong. Source: business-messaging-api_v23.0.yaml. */
function faultOf(message: Fields): string | undefined {
	const isText = (value: unknown, max: number) => typeof value === "string" && value !== "" && [...value].length <= max;
	const isLink = (value: unknown) => typeof value === "string" && /^https?:\/\//.test(value);
	const part = (holder: unknown, name: string) => (isFields(holder) && isFields(holder[name]) ? holder[name] : {});
	if (message.messaging_product !== "whatsapp") return "messaging_product";
	if (!/^\+?\d{7,15}$/.test(String(message.to))) return "to";
	const { biz_opaque_callback_data: ours } = message;
	if (ours !== undefined && !isText(ours, 512)) return "biz_opaque_callback_data";
	switch (message.type) {
		case "text":
			return isText(part(message, "text").body, 4096) ? undefined : "text.body";
		case "image": {
			const { link, caption } = part(message, "image");
			if (!isLink(link)) return "image.link";
			return caption === undefined || isText(caption, 1024) ? undefined : "image.caption";
		}
		case "interactive": {
			const interactive = part(message, "interactive");
			const parameters = part(part(interactive, "action"), "parameters");
			if (interactive.type !== "cta_url") return "interactive.type";
			if (!isText(part(interactive, "body").text, 1024)) return "interactive.body";
			return isText(parameters.display_text, 20) && isLink(parameters.url) ? undefined : "interactive.action";
		}
		case "template": {
			const template = part(message, "template");
			if (!isText(template.name, 512) || !isText(part(template, "language").code, 10)) return "template";
			return JSON.stringify(template.components).includes("\\n") ? "template.components" : undefined;
		}
		default:
			return "type";
	}
}
