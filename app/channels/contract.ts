import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
	type AskedMessage,
	type Callback,
	type ChannelLimits,
	type ChannelName,
	type Receipt,
	ReceiptRubbishError,
	type Recipient,
} from "./channel.ts";
import { CONTENTS, content } from "./contract-contents.ts";
import { accepted, ownIdOf, spread } from "./contract-outcomes.ts";
import type { Contract, ContractFake } from "./contract-terms.ts";
import { ContractTransports } from "./contract-transports.ts";
import { type CallbackServer, startCallbackServer } from "./fake/callback-server.ts";
import { isProviderMessageId } from "./provider-message-id.ts";

const TIMEOUT_MS = 800;
let serial = 0;
const recipientOf = (to: string): Recipient => ({ externalId: `contract-${(++serial).toString(36)}-1`, to });

/** What a provider does not offer is not tested and not skipped: a skipped test is one that ought to run. */
const notHere = Object.assign(() => {}, { each: () => () => {} }) as unknown as typeof it;

/** The one contract of all adapters: each runs it against its fake, over real HTTP. */
export function runContract<Settings>(contract: Contract<Settings>): void {
	for (const [channel, limits] of Object.entries(contract.adapter.channels))
		runOnChannel(contract, channel as ChannelName, limits);
}

function runOnChannel<Settings>(
	{
		adapter,
		startFake,
		goodNumbers,
		refusedNumber,
		neverRead,
		signsOnlyTheCall,
		listsOnlyRefused,
		isNoHttp,
	}: Contract<Settings>,
	channel: ChannelName,
	limits: ChannelLimits,
): void {
	const ifSeveral = limits.bulkSize >= 3 ? it : notHere;
	const ifIdempotent = adapter.hasIdempotentIds ? it : notHere;
	const ifAsked = adapter.ask ? it : notHere;
	const ifSigned = adapter.authenticate ? it : notHere;
	describe(`${adapter.name} keeps the contract of adapters on ${channel}`, () => {
		let fake: ContractFake<Settings>;
		let transports: ContractTransports<Settings>;
		const through = (settings = fake.settings) => transports.through(settings);
		let callbacks: CallbackServer;

		beforeEach(async () => {
			fake = await startFake();
			fake.control({ receipts: { deliveryMs: [5, 30], seenMs: [5, 30] } });
			callbacks = await startCallbackServer();
			fake.callBackTo?.(callbacks.url);
			transports = new ContractTransports(adapter, { timeoutMs: TIMEOUT_MS, callbackUrl: callbacks.url });
		});
		afterEach(async () => {
			await fake.close();
			await transports.destroy();
			await callbacks.close();
		});

		async function send(recipients: Recipient[], settings = fake.settings, said = content) {
			const outcome = await adapter.send(
				{ channel, content: said, recipients, callbackUrl: callbacks.url },
				settings,
				through(settings),
			);
			return spread(outcome, recipients.length);
		}
		/** Three in one call, or as many as a call may have. */
		const three = () => goodNumbers(Math.min(3, limits.bulkSize)).map(recipientOf);
		const written = (recipients: Recipient[]) => recipients.map(({ to }) => fake.writtenTo(to));

		it("takes one and takes a full bulk", async () => {
			const one = recipientOf(goodNumbers(1)[0]!);
			expect(await send([one])).toEqual([accepted]);
			const bulk = goodNumbers(limits.bulkSize + 1)
				.slice(1)
				.map(recipientOf);
			expect(await send(bulk)).toEqual(bulk.map(() => accepted));
			expect(written([one, ...bulk])).toEqual([1, ...bulk.map(() => 1)]);
		});

		it.each([...limits.kinds])("takes %s, as large as its limits say", async (kind) => {
			const [to] = goodNumbers(1).map(recipientOf);
			expect(await send([to!], fake.settings, CONTENTS[kind](limits))).toEqual([accepted]);
			expect(written([to!])).toEqual([1]);
		});

		ifSeveral("tells those refused from those taken in one call, in whatever order the answer has them", async () => {
			for (const deed of ["accept", "take-then-shuffle"] as const) {
				const [first, last] = goodNumbers(2).map(recipientOf);
				fake.control({ next: [{ do: deed }] });
				const results = await send([first!, recipientOf(refusedNumber), last!]);
				expect(results).toEqual([accepted, expect.objectContaining({ type: "refused", permanent: true }), accepted]);
			}
			expect(fake.writtenTo(refusedNumber)).toBe(0);
		});

		it("tells one refused for ever", async () => {
			const refused = expect.objectContaining({ type: "refused", permanent: true });
			expect(await send([recipientOf(refusedNumber)])).toEqual([refused]);
			expect(fake.writtenTo(refusedNumber)).toBe(0);
		});

		ifSeveral.each([false, true])(
			"lets a refused bulk be split, but not a single message (old error body: %s)",
			async (isOldShape) => {
				fake.control({ next: [{ do: "bad-request", isOldShape, times: 2 }] });
				const bulk = three();
				const refused = { type: "refused", kind: "content", cause: "bad_request" };
				expect(await send(bulk)).toEqual(bulk.map(() => ({ ...refused, permanent: false })));
				expect(await send(bulk.slice(0, 1))).toEqual([{ ...refused, permanent: true }]);
				expect(written(bulk)).toEqual([0, 0, 0]);
			},
		);

		it("stops the campaign where the provider does not let us in", async () => {
			const config = { type: "refused", kind: "config", permanent: false, cause: "provider_access" };
			const all = three().map(() => config);
			expect(await send(three(), fake.wrongSettings)).toEqual(all);
			fake.control({ next: [{ do: "forbidden" }] });
			expect(await send(three())).toEqual(all);
		});

		(isNoHttp ? notHere : it)("waits as long as a 429 asks for: seconds, a date, or its own pause", async () => {
			const inFiveSeconds = new Date(Date.now() + 5_000).toUTCString();
			fake.control({
				next: [{ do: "throttle", retryAfter: "2" }, { do: "throttle", retryAfter: inFiveSeconds }, { do: "throttle" }],
			});
			const pauses: number[] = [];
			for (let i = 0; i < 3; i++) {
				const [result] = await send(three());
				expect(result).toMatchObject({ type: "throttled", cause: "throttled" });
				if (result?.type === "throttled") pauses.push(result.retryAfterMs);
			}
			expect(pauses[0]).toBe(2000);
			expect(pauses[1]).toBeGreaterThan(2500);
			expect(pauses[1]).toBeLessThanOrEqual(5000);
			expect(pauses[2]).toBeGreaterThan(0);
		});

		const of5xx = [
			["error", "provider_error_5xx", 0],
			["take-then-error", "provider_error_5xx", 1],
		] as const;
		it.each([
			...(isNoHttp ? [] : of5xx),
			["never-answer", "call_timed_out", 0],
			["take-then-hang", "call_timed_out", 1],
			["close", "connection_broken", 0],
			["take-then-close-half-way", "connection_broken", 1],
			["rubbish", "answer_unreadable", 0],
			["take-then-rubbish", "answer_unreadable", 1],
			["take-then-truncate", "answer_unreadable", 1],
		] as const)("does not know what became of a call that meets %s", async (deed, cause, times) => {
			fake.control({ next: [{ do: deed }] });
			const recipients = three();
			expect(await send(recipients)).toEqual(recipients.map(() => ({ type: "unknown", cause })));
			expect(written(recipients)).toEqual(recipients.map(() => times));
		});

		const ifListed = listsOnlyRefused ? notHere : ifSeveral;
		ifListed("does not know what became of those that the answer leaves out", async () => {
			fake.control({ next: [{ do: "take-then-omit" }] });
			expect(await send(three())).toEqual([accepted, { type: "unknown", cause: "answer_unreadable" }, accepted]);
		});

		it("knows that nothing was sent where nobody listens", async () => {
			const result = expect.objectContaining({ type: "throttled", cause: "not_reached" });
			expect(await send(three(), fake.unreachableSettings)).toEqual(three().map(() => result));
		});

		ifIdempotent("may repeat an id: the person is written to once", async () => {
			const recipients = three();
			fake.control({ next: [{ do: "take-then-error" }] });
			await send(recipients);
			expect(await send(recipients)).toEqual(recipients.map(() => accepted));
			expect(written(recipients)).toEqual(recipients.map(() => 1));
		});

		it("gives each message that it takes an id of its own, where it will name them by nothing else", async () => {
			const recipients = [...three(), ...three()];
			const results = [...(await send(recipients.slice(0, -1))), ...(await send(recipients.slice(-1)))];
			const given = results.map(ownIdOf).filter((id) => id !== null && isProviderMessageId(id));
			const wanted = adapter.namesOnlyItsOwnId(fake.settings) ? recipients.length : given.length;
			expect(new Set(given).size).toBe(wanted);
		});

		/** Sends to them, and says what they are asked about by. */
		async function sent(recipients: Recipient[]): Promise<AskedMessage[]> {
			const sentAtUtc = Date.now();
			const results = await send(recipients);
			return recipients.map((recipient, at) => ({ ...recipient, providerMessageId: ownIdOf(results[at]), sentAtUtc }));
		}

		ifAsked("asks what became of messages, and tells absent from unanswered", async () => {
			const recipients = three();
			const messages = await sent(recipients);
			const neverSent = { ...recipientOf(recipients[0]!.to), providerMessageId: null, sentAtUtc: Date.now() };
			const answers = await adapter.ask!([neverSent, ...messages], fake.settings, through());
			// One that it can only be asked about by an id that it never gave.
			const nothing = adapter.namesOnlyItsOwnId(fake.settings) ? "unanswered" : "absent";
			expect(answers.map(({ type }) => type)).toEqual([nothing, ...recipients.map(() => "known")]);
			const told = answers.flatMap((answer) => (answer.type === "known" ? answer.receipts : []));
			expect(told.map(({ externalId }) => externalId)).toEqual(recipients.map(({ externalId }) => externalId));
			for (const deed of ["error", "rubbish", "never-answer", "close", "throttle"] as const) {
				fake.control({ next: [{ on: "ask", do: deed }] });
				expect(await adapter.ask!(messages.slice(0, 1), fake.settings, through())).toEqual([{ type: "unanswered" }]);
			}
			for (const settings of [fake.unreachableSettings, fake.wrongSettings]) {
				expect(await adapter.ask!(messages.slice(0, 1), settings, through(settings))).toEqual([{ type: "unanswered" }]);
			}
		});

		it("learns what becomes of messages: it is called back, or asks", async () => {
			const since = Date.now() - 1000;
			const wanted = neverRead?.includes(channel) ? ["delivered"] : ["delivered", "read"];
			const messages = await sent(three());
			const receipts = adapter.hasCallbacks(fake.settings)
				? await calledBack(wanted.length * messages.length)
				: await askedUntil(messages, wanted.at(-1)!);
			for (const { externalId, providerMessageId } of messages) {
				const own = receipts.filter((receipt) =>
					receipt.externalId === null
						? [receipt.providerMessageId, ...(receipt.otherSpellings ?? [])].includes(providerMessageId ?? "")
						: receipt.externalId === externalId,
				);
				// Calls run side by side, so that their order is nobody's promise.
				const last = own.map(({ state }) => state).filter((state) => state !== "sent" && state !== "handed_over");
				// Who is asked says where it stands; what it has been through is not told.
				expect(last.sort()).toEqual(adapter.hasCallbacks(fake.settings) ? wanted : wanted.slice(-1));
				// Not every provider says when, and some say it to the second.
				for (const { atUtc = Date.now() } of own) expect(atUtc).toBeGreaterThan(since);
			}
		});

		function calledBack(count: number): Promise<Receipt[]> {
			return callbacks.until((calls) => {
				const read = calls.flatMap(({ path, body }) => adapter.readReceipts(path, body, fake.settings));
				const all = read.filter(({ state }) => state === "delivered" || state === "read");
				return all.length >= count ? all : undefined;
			});
		}

		async function askedUntil(messages: AskedMessage[], state: string): Promise<Receipt[]> {
			let told: Receipt[] = [];
			await expect
				.poll(async () => {
					const answers = await adapter.ask!(messages, fake.settings, through());
					told = answers.flatMap((answer) => (answer.type === "known" ? answer.receipts : []));
					return told.filter((receipt) => receipt.state === state).length;
				})
				.toBe(messages.length);
			return told;
		}

		it("says whether it would be let in, and sends nothing to know it", async () => {
			expect(await adapter.probe(fake.settings, through())).toMatchObject({ type: "well" });
			expect(await adapter.probe(fake.wrongSettings, through(fake.wrongSettings))).toMatchObject({ type: "refused" });
			expect(await adapter.probe(fake.unreachableSettings, through(fake.unreachableSettings))).toMatchObject({
				type: "unanswered",
			});
		});

		it("can be asked, where it does not call back", () => {
			expect(adapter.hasCallbacks(fake.settings) || adapter.ask !== undefined).toBe(true);
		});

		ifSigned("tells a callback of the provider's own from a forged one", async () => {
			await send(three());
			const [call] = await callbacks.until((calls) => (calls.length > 0 ? calls : undefined));
			const isOwn = (change: Partial<Callback>, settings = fake.settings) =>
				adapter.authenticate!({ ...call!, ...change }, settings);
			expect(isOwn({})).toBe(true);
			expect(isOwn({}, fake.wrongSettings), "by another's secret").toBe(false);
			const changed = call!.body.replace(/delivered|read|submitted|sent|webhook/, "rejected");
			for (const body of ["", "{}", "[".repeat(100_000)]) expect(isOwn({ body }), body.slice(0, 9)).toBe(false);
			if (signsOnlyTheCall) return;
			for (const body of [changed, `${call!.body} `]) expect(isOwn({ body }), body).toBe(false);
			for (const headers of [{}, { authorization: "Bearer x.y.z" }, { "x-twilio-signature": "AAAA" }])
				expect(isOwn({ headers })).toBe(false);
		});

		it("throws nothing but ReceiptRubbishError for a callback of any shape", () => {
			const tryToRead = (path: string, body: string): Receipt[] => {
				try {
					return adapter.readReceipts(path, body, fake.settings);
				} catch (error) {
					expect(error).toBeInstanceOf(ReceiptRubbishError);
					return [];
				}
			};
			const path = fc.constantFrom("", "/seen", "/else");
			fc.assert(fc.property(path, fc.oneof(fc.string(), fc.json()), (at, body) => void tryToRead(at, body)));
			for (const body of [
				"[".repeat(100_000),
				'{"results":'.repeat(50_000),
				'{"event":"delivered","data":'.repeat(50_000),
			])
				tryToRead("", body);
		});
	});
}
