import { beforeEach, describe, expect, it } from "vitest";
import { fakeSettings } from "#app/channels/generic-http/fake.ts";
import type { AdapterName } from "#app/channels/registry.ts";
import { FAKE_KEY } from "#app/channels/twilio/fake.ts";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { testBooks } from "#db/testing/books.ts";
import { connectProvider } from "./connect-provider.server.ts";
import { ProviderNotFoundError } from "./provider.errors.ts";
import { rehearsalSchema } from "./rehearsal.schema.ts";
import { rehearseProvider } from "./rehearse-provider.server.ts";

testBooks();
let actors: Actors;
beforeEach(async () => {
	actors = await makeActors();
});

const connect = (adapter: AdapterName, settings: Record<string, string>) =>
	connectProvider(actors.admin, { adapter, channel: "sms" }, { name: "P", bulkSize: 1, connections: 1, settings });
const described = { ...fakeSettings("https://api.example.com"), secret2: "other-secret" };
const input = (change: object = {}) =>
	rehearsalSchema.parse({ to: "+380 67 111-22-33", sender: "DemoShop", text: 'Sale "now"', status: "200", ...change });

describe("a rehearsal", () => {
	it("shows the request without its secrets, in whatever form they go", async () => {
		const headers = `${described.headers}\nX-Basic: {{basic}}`;
		const id = await connect("generic-http", { ...described, headers });
		const { request, result, receipts } = await rehearseProvider(actors.admin, id, input());
		expect(request).toMatchObject({
			method: "POST",
			url: "https://api.example.com/send?ref=example-1-1",
			headers: { authorization: "Bearer ********", "x-sender": "DemoShop" },
		});
		expect(JSON.parse(request!.body!)).toMatchObject({ to: 380671112233, message: { text: 'Sale "now"' } });
		const shown = JSON.stringify(request);
		for (const secret of [described.secret1, described.secret2, described.signatureSecret])
			for (const form of [secret, Buffer.from(secret).toString("base64").slice(0, 12)])
				expect(shown).not.toContain(form);
		expect([result, receipts]).toEqual([null, null]);
	});

	it("says what an answer and a report mean", async () => {
		const id = await connect("generic-http", described);
		const told = await rehearseProvider(
			actors.admin,
			id,
			input({
				answer: '{"result":{"code":11}}',
				report: '{"events":[{"message":{"id":9007199254740993},"status":"UNDELIV"}]}',
			}),
		);
		expect(told.result).toEqual({ type: "refused", kind: "number", permanent: true, cause: "bad_number" });
		expect(told.receipts).toEqual([
			{ externalId: null, providerMessageId: "9007199254740993", state: "failed", cause: "unreachable" },
		]);
		expect((await rehearseProvider(actors.admin, id, input({ report: "hello" }))).receipts).toBe("rubbish");
	});

	it("is there for every adapter that speaks HTTP", async () => {
		const id = await connect("twilio", { baseUrl: "https://api.twilio.com", ...FAKE_KEY });
		const { request } = await rehearseProvider(actors.admin, id, input());
		expect(request!.body).toContain("To=%2B380671112233");
		expect(JSON.stringify(request)).not.toContain(FAKE_KEY.authToken);
	});

	it("is nobody else's", async () => {
		const id = await connect("generic-http", described);
		for (const who of ["dealer", "client"] as const)
			await expect(rehearseProvider(actors[who], id, input())).rejects.toMatchObject({ status: 403 });
		const stranger = { ...actors.dealer, rights: actors.admin.rights };
		await expect(rehearseProvider(stranger, id, input())).rejects.toThrow(ProviderNotFoundError);
	});
});
