import { createHmac } from "node:crypto";
import { type Dialect, type FakeAnswer, OneByOneFake } from "../fake/one-by-one.ts";
import { isFields, readJsonFields } from "../http-results.ts";
import { settingsSchema } from "./settings.ts";

export const FAKE_KEY = { secret1: "key-of-the-fake", signatureSecret: "secret-of-the-fake" };
/** Numbers that end so are refused in the answer. */
export const REFUSED_END = "990006";
/** Its ids are numbers that JavaScript would round: only who reads them digit by digit can tell them apart. */
const FIRST_ID = 9_007_199_254_740_993n;

/** How an admin would describe this stand-in. */
export function fakeSettings(baseUrl: string) {
	return settingsSchema.parse({
		method: "POST",
		url: `${baseUrl}/send?ref={{id}}`,
		headers: "Authorization: Bearer {{secret1}}\nX-Sender: {{sender}}",
		bodyType: "json",
		body: '{"to": {{to}}, "message": {"text": "{{text}}"}, "report": "{{callback}}", "ttl": {{validity}}}',
		richBody:
			'{"to": {{to}}, "message": {"text": "{{text}}", "image": "{{image}}", "button": ["{{button}}", "{{button_url}}"]}, "report": "{{callback}}"}',
		probeUrl: `${baseUrl}/me`,
		balancePath: "account.credit",
		answerPath: "result.code",
		answerMeanings: "0 = accepted\n11 = bad_number\n12 = bad_content\n29 = throttled 2\n* = unspecified",
		answerIdPath: "result.id",
		reportId: "theirs",
		reportListPath: "events",
		reportIdPath: "message.id",
		reportStatePath: "status",
		reportMeanings:
			"submitted = sent\nDELIVRD = delivered\nSEEN = read\nUNDELIV = failed unreachable\nEXPIRED = expired",
		reportTimePath: "at",
		signatureHeader: "X-Signature",
		...FAKE_KEY,
	});
}

/** A stand-in for a provider that nobody has written an adapter for. */
export function startFake(): Promise<OneByOneFake> {
	return new OneByOneFake(dialect).listen();
}

const answer = (status: number, code: number): FakeAnswer => ({ status, body: JSON.stringify({ result: { code } }) });

const dialect: Dialect = {
	isLetIn: ({ headers }) => headers.authorization === `Bearer ${FAKE_KEY.secret1}`,
	isSend: ({ method, url }) => method === "POST" && url.pathname === "/send",
	readSend({ body, headers, url }) {
		const message = readJsonFields(body);
		const said = isFields(message?.message) ? message.message : undefined;
		const isWhole = Number.isSafeInteger(message?.to) && typeof said?.text === "string" && url.searchParams.has("ref");
		if (!message || !isWhole || !headers["x-sender"]) return { refused: answer(400, 12) };
		const to = `+${message.to}`;
		if (to.endsWith(REFUSED_END)) return { refused: answer(200, 11) };
		const callbackUrl = message.report as string | undefined;
		return { message: { to, channel: "sms", sender: String(headers["x-sender"]), reference: undefined, callbackUrl } };
	},
	// A 64-bit number as it stands, which JSON.stringify could not write.
	taken: ({ id }) => ({ status: 200, body: `{"result":{"code":0,"id":${id}}}` }),
	trouble: {
		unauthorized: answer(401, 1),
		forbidden: answer(403, 1),
		throttled: answer(429, 29),
		failed: answer(500, 99),
		badRequest: answer(400, 12),
	},
	other: ({ method, url }) =>
		method === "GET" && url.pathname === "/me" ? { status: 200, body: '{"account":{"credit":12.5}}' } : undefined,
	statesOn: () => ["submitted", "DELIVRD", "SEEN"],
	callback({ id }, status) {
		const at = new Date().toISOString().replace("T", " ").replace("Z", "");
		return {
			body: `{"events":[{"message":{"id":${id}},"status":"${status}","at":"${at}"}]}`,
			headers: (body) => ({
				"content-type": "application/json",
				"x-signature": createHmac("sha256", FAKE_KEY.signatureSecret).update(body).digest("base64"),
			}),
		};
	},
	newId: (serial) => String(FIRST_ID + BigInt(serial)),
};
