import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Content, Receipt } from "../../channel.ts";
import { ReceiptRubbishError } from "../../channel.ts";
import { runContract } from "../../contract.ts";
import { smpp34 } from "./adapter.server.ts";
import { FAKE_KEY, REFUSED_END, type SmppFake, startFake } from "./fake.ts";
import { readReceipts } from "./receipts.server.ts";
import { SmppSession } from "./session.server.ts";
import type { SmppSettings } from "./settings.ts";

let next = 380670000000;
const settingsOf = (port: number): SmppSettings => ({
	...{ host: "127.0.0.1", port: String(port), tls: "no", longText: "parts", receiptIds: "decimal" },
	...FAKE_KEY,
});

runContract({
	adapter: smpp34,
	async startFake() {
		const fake = await startFake();
		const settings = settingsOf(fake.port);
		return {
			settings,
			wrongSettings: { ...settings, password: "another" },
			// Port 1 belongs to nobody.
			unreachableSettings: settingsOf(1),
			control: (input) => fake.control(input),
			writtenTo: (number) => fake.journal.countOf(number),
			close: () => fake.close(),
		};
	},
	goodNumbers: (count) => Array.from({ length: count }, () => `+${next++}`),
	refusedNumber: `+380671${REFUSED_END}`,
	neverRead: ["sms"],
	isNoHttp: true,
});

describe("a session", () => {
	let fake: SmppFake;
	let session: SmppSession;
	let settings: SmppSettings;
	let kept: string[];
	let keep: (body: string) => Promise<void>;
	beforeEach(async () => {
		fake = await startFake();
		fake.control({ receipts: { deliveryMs: [1, 2] } });
		kept = [];
		keep = async (body) => void kept.push(body);
		settings = settingsOf(fake.port);
		open({});
	});
	afterEach(async () => {
		await session.destroy();
		await fake.close();
	});

	function open(change: Partial<SmppSettings>): void {
		settings = { ...settings, ...change };
		session = new SmppSession(settings, { timeoutMs: 3_000, network: "any", onReceipt: (body) => keep(body) });
	}
	async function send(text: string, sender = "DemoShop") {
		const content: Content = { kind: "text", text, sender, validitySeconds: 90_061 };
		const recipients = [{ externalId: "i-1-1", to: "+380671112233" }];
		const outcome = await smpp34.send({ channel: "sms", content, recipients, callbackUrl: "" }, settings, session);
		return "all" in outcome ? outcome.all : outcome.each;
	}
	const accepted = expect.objectContaining({ type: "accepted", providerMessageId: expect.stringMatching(/^5A3F/) });

	it("says what is to be sent as operators want it", async () => {
		expect(await send("Знижка 20% 😀")).toEqual(accepted);
		expect(await send("It's {20} €", "380671234567")).toEqual(accepted);
		expect(await send("a", "7777")).toEqual(accepted);
		const shared = { dest_addr_ton: 1, dest_addr_npi: 1, destination_addr: "380671112233", registered_delivery: 1 };
		expect(fake.taken).toMatchObject([
			{ ...shared, source_addr_ton: 5, source_addr_npi: 0, source_addr: "DemoShop", data_coding: 8, esm_class: 0 },
			{ ...shared, source_addr_ton: 1, source_addr_npi: 1, source_addr: "380671234567", data_coding: 0 },
			{ ...shared, source_addr_ton: 3, source_addr_npi: 0, source_addr: "7777" },
		]);
		const messages = fake.taken.map(({ short_message: short }) => (short as { message: string }).message);
		expect(messages).toEqual(["Знижка 20% 😀", "It's {20} €", "a"]);
	});

	it.each([
		["GSM letters", "a".repeat(160), 1],
		["GSM letters, one too many", "a".repeat(161), 2],
		["a letter of two septets on the seam", `${"a".repeat(152)}€${"b".repeat(20)}`, 2],
		["UCS-2", "я".repeat(70), 1],
		["UCS-2, one too many", "я".repeat(71), 2],
		["a surrogate pair on the seam", `${"я".repeat(66)}😀${"я".repeat(10)}`, 2],
	])("sends %s whole, in as many parts as it takes, with one receipt", async (_, text, parts) => {
		expect(await send(text)).toEqual(accepted);
		expect(fake.taken).toHaveLength(parts);
		const told = fake.taken.map(({ short_message: short }) => short as { message: string; udh?: Buffer[] });
		expect(told.map(({ message }) => message).join("")).toBe(text);
		if (parts > 1)
			expect(told.map(({ udh }) => [udh![0]![3], udh![0]![4]])).toEqual(told.map((_, at) => [parts, at + 1]));
		expect(fake.taken.map(({ registered_delivery: wanted }) => wanted)).toEqual([...Array(parts - 1).fill(0), 1]);
	});

	it("sends a long text as one payload where that is set", async () => {
		open({ longText: "payload" });
		expect(await send("a".repeat(500))).toEqual(accepted);
		expect(fake.taken).toMatchObject([{ message_payload: { message: "a".repeat(500) } }]);
	});

	it("tries a part again that is put off, once the first is out; and does not know, where it stays refused", async () => {
		fake.control({ next: [{ do: "accept" }, { do: "throttle" }] });
		expect(await send("я".repeat(100))).toEqual(accepted);
		expect(fake.taken).toHaveLength(2);
		fake.control({ next: [{ do: "accept" }, { do: "forbidden" }] });
		expect(await send("я".repeat(100))).toEqual({ type: "unknown", cause: "provider_access" });
		fake.control({ next: [{ do: "throttle" }] });
		expect(await send("я".repeat(100))).toMatchObject({ type: "throttled", cause: "throttled" });
	});

	it("opens anew after a break, and brings the receipts of what was sent before it", async () => {
		session.keep();
		fake.control({ receipts: { deliveryMs: [200, 300] } });
		expect(await send("a")).toEqual(accepted);
		fake.breakOff();
		await expect.poll(() => fake.bound).toBe(1);
		await expect.poll(() => kept.length).toBe(2);
		expect(await send("a")).toEqual(accepted);
	});

	it("answers a receipt only once it is kept, and is sent again what could not be", async () => {
		let tries = 0;
		keep = async (body) => {
			if (++tries === 1) throw new Error("Postgres is away");
			kept.push(body);
		};
		expect(await send("a")).toEqual(accepted);
		await expect.poll(() => kept.length).toBe(2);
		await expect.poll(() => [...fake.receiptAnswers].sort()).toEqual([0, 0, 0x64]);
	});

	it("goes to nowhere inside of our network where that is barred", async () => {
		for (const host of ["127.0.0.1", "localhost"]) {
			const barred = new SmppSession({ ...settings, host }, { timeoutMs: 500, network: "public", onReceipt: keep });
			expect(await barred.submit({})).toEqual({ failed: "unreachable" });
			await barred.destroy();
		}
		expect(fake.bound).toBe(0);
	});

	it("that is being closed lets the answers under way come in", async () => {
		const sent = send("a");
		await expect.poll(() => fake.taken.length).toBe(1);
		await session.close();
		expect(await sent).toEqual(accepted);
		await expect.poll(() => fake.bound).toBe(0);
	});
});

describe("a receipt", () => {
	const settings = settingsOf(1);
	const text =
		"id:0123 sub:001 dlvrd:001 submit date:2603011100 done date:260301110105 stat:UNDELIV err:00B Text:stat:DELIVRD";
	const read = (change: object, receiptIds: SmppSettings["receiptIds"] = "alike") =>
		readReceipts("", JSON.stringify({ esmClass: 4, from: "380671112233", to: "DemoShop", text: "", ...change }), {
			...settings,
			receiptIds,
		});
	const one = (receipts: Receipt[]) => receipts[0]!;

	it.each([
		[0, "sent", undefined],
		[1, "sent", undefined],
		[2, "delivered", undefined],
		[3, "expired", "expired"],
		[4, "rejected", "unspecified"],
		[5, "failed", "unreachable"],
		[6, "sent", undefined],
		[7, "failed", "unspecified"],
		[8, "rejected", "no_route"],
	])("of message_state %i says %s", (messageState, state, cause) => {
		const told = one(read({ receiptedMessageId: "A", messageState, text }));
		expect([told.state, told.cause, told.providerMessageId]).toEqual([state, cause, "A"]);
	});

	it("is read from its text where it has no fields, in whatever order and letters", () => {
		expect(one(read({ text }))).toMatchObject({ providerMessageId: "0123", state: "failed" });
		expect(one(read({ esmClass: 0, text: "STAT:EXPIRED ID: 9f" }))).toMatchObject({
			providerMessageId: "9f",
			state: "expired",
		});
	});

	it("may spell its id in another way than the answer did", () => {
		const spelled = (id: string, how?: SmppSettings["receiptIds"]) =>
			one(read({ receiptedMessageId: id, messageState: 2 }, how)).otherSpellings;
		expect(spelled("5A3F01")).toContain("5a3f01");
		expect(spelled("005A3F01")).toContain("5A3F01");
		expect(spelled("5914369", "decimal")).toEqual(expect.arrayContaining(["5a3f01", "5A3F01", "005A3F01"]));
		expect(spelled("5A3F01", "hexadecimal")).toContain("5914369");
		expect(spelled("18446744073709551615", "decimal")).toContain("FFFFFFFFFFFFFFFF");
		expect(spelled("5914369")).not.toContain("5a3f01");
		for (const other of spelled("00", "decimal")!) expect(other).toMatch(/^0+$/);
	});

	it("that is somebody's message to us is none of ours, and one that says nothing is rubbish", () => {
		expect(read({ esmClass: 0, text: "Hello" })).toEqual([]);
		expect(() => read({ text: "Hello" })).toThrow(ReceiptRubbishError);
		expect(() => read({ text: `id:${"1".repeat(300)} stat:DELIVRD` })).toThrow(ReceiptRubbishError);
		expect(() => readReceipts("", "[]", settings)).toThrow(ReceiptRubbishError);
	});
});
