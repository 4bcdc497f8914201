import {
	type Dialect,
	type FakeAnswer,
	type FakeRequest,
	OneByOneFake,
	type TakenMessage,
} from "../fake/one-by-one.ts";
import { type Fields, isFields, readJsonFields } from "../http-results.ts";

export const FAKE_KEY = "key-of-the-fake";
/** Numbers that end so have no route. */
export const REFUSED_END = "990006";

/** A stand-in for SMS-Fly's API v2: one address, the key in the body, always 200. */
export function startFake(): Promise<OneByOneFake> {
	return new OneByOneFake(dialect).listen();
}

const local = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Kiev", dateStyle: "short", timeStyle: "medium" });

function well(data: object): FakeAnswer {
	return { status: 200, body: JSON.stringify({ success: 1, date: local.format(Date.now()), data }) };
}

function trouble(code: string): FakeAnswer {
	const body = { success: 0, date: local.format(Date.now()), error: { code, description: code.toLowerCase() } };
	return { status: 200, body: JSON.stringify(body) };
}

function readAction({ body }: FakeRequest): { key: unknown; action: unknown; data: Fields } {
	const { auth, action, data } = readJsonFields(body) ?? {};
	return { key: isFields(auth) ? auth.key : undefined, action, data: isFields(data) ? data : {} };
}

const dialect: Dialect = {
	isLetIn: (request) => readAction(request).key === FAKE_KEY,
	isSend: (request) => readAction(request).action === "SENDMESSAGE",
	readSend(request) {
		const { data } = readAction(request);
		const channel = Array.isArray(data.channels) ? String(data.channels[0]) : "";
		const said = data[channel];
		if ((channel !== "sms" && channel !== "viber") || !isFields(said)) return { refused: trouble("INVCHANNELS") };
		const code = faultOf(String(data.recipient), channel, said);
		if (code) return { refused: trouble(code) };
		const sender = String(said.source);
		return { message: { to: `+${data.recipient}`, channel, sender, reference: undefined, callbackUrl: undefined } };
	},
	taken: ({ id, channel }) =>
		well({ messageID: id, [channel]: { status: "ACCEPTD", date: local.format(Date.now()), cost: "0.5" } }),
	trouble: {
		unauthorized: trouble("INVKEY"),
		forbidden: trouble("FORBIDDEN"),
		throttled: { status: 429, body: "" },
		failed: trouble("SYSERR"),
		badRequest: trouble("INVREQUEST"),
	},
	other(request, taken) {
		const { action, data } = readAction(request);
		if (action === "GETBALANCE") return well({ balance: "73.20" });
		return action === "GETMESSAGESTATUS" ? statusOf(taken.get(String(data.messageID))) : trouble("INVREQUEST");
	},
	statesOn: (channel) => (channel === "sms" ? ["SENT", "DELIVRD"] : ["SENT", "DELIVRD", "VIEWED"]),
	callback: () => ({ body: "", headers: () => ({}) }),
	newId: (serial) => `FAPI${String(serial).padStart(6, "0")}`,
};

function statusOf(message: (TakenMessage & { state: string }) | undefined): FakeAnswer {
	if (!message) return trouble("INVMESSAGEID");
	const { id, channel, state } = message;
	return well({ messageID: id, [channel]: { status: state || "PENDING", date: local.format(Date.now()) } });
}

function faultOf(recipient: string, channel: string, said: Fields): string | undefined {
	const length = [...String(said.text ?? "")].length;
	if (!/^\d{10,15}$/.test(recipient)) return "INVRECIPIENT";
	if (typeof said.source !== "string" || said.source === "") return "INVSOURCE";
	if (length === 0 || length > (channel === "viber" ? 1000 : 661)) return "INVTEXT";
	if (!Number.isInteger(said.ttl) || Number(said.ttl) < 1) return "INVREQUEST";
	const isButton = isFields(said.button) && /^https?:\/\//.test(String(said.button.url)) && said.button.caption;
	if ((said.button !== undefined || said.image !== undefined) && !isButton) return "INVREQUEST";
	return recipient.endsWith(REFUSED_END) ? "INVROUTE" : undefined;
}
