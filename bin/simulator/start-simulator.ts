import { makeFake as makeTwilio } from "#app/channels/twilio/fake.ts";
import { type Fake, startFake } from "#app/channels/viber/infobip/fake.ts";
import { makeFake as makeVonage } from "#app/channels/vonage/fake.ts";
import { answerControl } from "./answer-control.ts";
import { endOf } from "./end-of.ts";

/**
 * The demo's providers on one port: Infobip at the root, Vonage below "/vonage", Twilio below "/twilio"; each with its own
 * control, journal and receipts. A person is the same to all of them: who has no Viber has none, whoever asks.
 *
 * @throws the server's error where the port is taken or the journal cannot be written.
 */
export async function startSimulator(options: {
	port: number;
	journalPath?: string;
}): Promise<Pick<Fake, "baseUrl" | "close">> {
	const { journalPath } = options;
	const others = { vonage: makeVonage({ journalPath, endOf }), twilio: makeTwilio({ journalPath, endOf }) };
	const closeOthers = () => Promise.all(Object.values(others).map((other) => other.close()));
	const mount = (path: string) => {
		const [, name, rest = "/"] = /^\/(vonage|twilio)(\/.*)?$/.exec(path) ?? [];
		if (!name) return undefined;
		const fake = others[name as keyof typeof others];
		return (request: Parameters<typeof fake.answer>[0], body: string, response: Parameters<typeof fake.answer>[2]) => {
			if (!answerControl(fake, `${request.method} ${rest}`, body, response)) fake.answer(request, body, response, rest);
		};
	};
	try {
		const fake = await startFake({ ...options, mount });
		return { baseUrl: fake.baseUrl, close: async () => void (await Promise.all([fake.close(), closeOthers()])) };
	} catch (error) {
		await closeOthers();
		throw error;
	}
}
