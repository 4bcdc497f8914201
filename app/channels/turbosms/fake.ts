import { createHash, randomUUID } from "node:crypto";
import {
	type BulkDialect,
	type FakeAnswer,
	type FakeRequest,
	OneByOneFake,
	type TakenMessage,
} from "../fake/one-by-one.ts";
import { type Fields, isFields, readJsonFields } from "../http-results.ts";

export const FAKE_KEY = { authToken: "token-of-the-fake", callbackSecret: "secret-of-callbacks" };
/** Numbers that end so are on its stop list. */
export const REFUSED_END = "990006";

export type TurbosmsFake = OneByOneFake & {
	/** What a person sets in the panel: where events go to. */
	callBackTo(url: string): void;
};

/** A stand-in for TurboSMS's HTTP API: send (SMS, Viber, each request once by its `sequence_id`), status, balance, signed events. */
export async function startFake(): Promise<TurbosmsFake> {
	const panel: Panel = { callbackUrl: undefined, answers: new Map() };
	const fake = await new OneByOneFake(dialectOf(panel)).listen();
	return Object.assign(fake, {
		callBackTo(url: string) {
			panel.callbackUrl = url;
		},
	});
}

interface Panel {
	callbackUrl: string | undefined;
	/** What was answered to each sequence_id. */
	answers: Map<string, unknown>;
}

/** Always 200: the code in the body is what counts. */
function envelope(code: number, status: string, result: unknown = null): FakeAnswer {
	return {
		status: 200,
		body: JSON.stringify({ response_code: code, response_status: status, response_result: result }),
	};
}

const local = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Kiev", dateStyle: "short", timeStyle: "medium" });
const SMPP: Readonly<Record<string, string>> = { Sent: "ENROUTE", Delivered: "DELIVRD", Read: "READ" };

function dialectOf(panel: Panel): BulkDialect {
	return {
		isLetIn: ({ headers }) => headers.authorization === `Bearer ${FAKE_KEY.authToken}`,
		isSend: ({ url }) => url.pathname === "/message/send.json",
		readBulk(request) {
			const body = readJsonFields(request.body);
			if (!body) return { refused: envelope(502, "FAILED_PARSE_BODY") };
			const earlier = panel.answers.get(String(body.sequence_id));
			if (earlier) return { refused: envelope(507, "FAILED_DUPLICATE_REQUEST", earlier) };
			const channel = isFields(body.viber) ? "viber" : "sms";
			const said = { ...body, ...(body[channel] as Fields) };
			const fault = faultOf(channel, said);
			if (fault) return { refused: envelope(fault, "REFUSED") };
			const items = (said.recipients as string[]).map((number) => {
				if (number.endsWith(REFUSED_END)) return { to: number, refusal: 404 };
				if (!/^\d{10,15}$/.test(number)) return { to: number, refusal: 305 };
				const sender = String(said.sender);
				return { message: { to: `+${number}`, channel, sender, reference: undefined, callbackUrl: panel.callbackUrl } };
			});
			return { items };
		},
		answerBulk(items, request) {
			const result = items.map((item) =>
				"message" in item
					? { phone: item.message.to.slice(1), response_code: 0, message_id: item.message.id, response_status: "OK" }
					: { phone: item.to, response_code: item.refusal, message_id: null, response_status: "REFUSED" },
			);
			const sequence = readJsonFields(request.body)?.sequence_id;
			if (sequence) panel.answers.set(String(sequence), result);
			const isWhole = items.every((item) => "message" in item);
			return isWhole
				? envelope(800, "SUCCESS_MESSAGE_ACCEPTED", result)
				: envelope(802, "SUCCESS_MESSAGE_PARTIAL_ACCEPTED", result);
		},
		trouble: {
			unauthorized: envelope(301, "INVALID_TOKEN"),
			forbidden: envelope(106, "REQUIRED_ACTIVE_USER"),
			throttled: { status: 429, body: "" },
			failed: envelope(999, "FATAL_ERROR"),
			badRequest: envelope(300, "INVALID_REQUEST"),
		},
		other(request, taken) {
			if (request.url.pathname === "/user/balance.json") return envelope(0, "OK", { balance: "100.50" });
			return request.url.pathname === "/message/status.json"
				? statusOf(request, taken)
				: envelope(300, "INVALID_REQUEST");
		},
		statesOn: (channel) => (channel === "sms" ? ["Sent", "Delivered"] : ["Sent", "Delivered", "Read"]),
		callback(message, status) {
			const id = randomUUID();
			const date = local.format(Date.now());
			const told = {
				id,
				signature: createHash("sha1").update(`${FAKE_KEY.callbackSecret}${id}`).digest("hex"),
				type: "status",
				date,
				try: 1,
				data: { message_id: message.id, status: SMPP[status], dlr_date: date },
			};
			return { body: JSON.stringify(told), headers: () => ({ "content-type": "application/json" }) };
		},
		newId: () => randomUUID(),
	};
}

function statusOf({ body }: FakeRequest, taken: ReadonlyMap<string, TakenMessage & { state: string }>): FakeAnswer {
	const asked = readJsonFields(body)?.messages;
	if (!Array.isArray(asked)) return envelope(300, "INVALID_REQUEST");
	const result = asked.map((id) => {
		const message = taken.get(String(id));
		if (!message) return { message_id: id, response_code: 414, response_status: "NOT_ALLOWED_MESSAGE_ID" };
		return {
			message_id: id,
			response_code: 0,
			response_status: "OK",
			recipient: message.to.slice(1),
			updated: local.format(Date.now()),
			status: message.state || "Queued",
			type: message.channel,
			rejected_status: "",
		};
	});
	return envelope(0, "OK", result);
}

/** The code of what is wrong with a request; source: the table of its parameters. */
function faultOf(channel: string, said: Fields): number | undefined {
	const length = [...String(said.text ?? "")].length;
	if (!Array.isArray(said.recipients) || said.recipients.length === 0) return 202;
	if (said.recipients.length > 5000) return 405;
	if (typeof said.sender !== "string" || said.sender === "") return 200;
	if (length === 0) return 201;
	if (
		length > (channel === "sms" ? 1521 : 1000) ||
		(channel === "sms" && length > 661 && /[^ -~\n]/.test(String(said.text)))
	)
		return 413;
	if (channel === "sms") return undefined;
	const ttl = said.ttl ?? 3600;
	if (!Number.isInteger(ttl) || Number(ttl) < 60 || Number(ttl) > 86_400) return 306;
	if (said.caption === undefined && said.action === undefined) return undefined;
	if (said.caption === undefined) return 205;
	if (!/^https?:\/\//.test(String(said.action))) return 206;
	return [...String(said.caption)].length > 30 ? 408 : undefined;
}
