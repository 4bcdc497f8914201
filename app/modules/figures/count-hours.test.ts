import { beforeEach, describe, expect, it } from "vitest";
import { CAUSES } from "#app/channels/causes.ts";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { RESULT } from "#app/modules/messages/result.ts";
import { addProvider } from "#app/modules/routing/testing/add-routing.ts";
import { testBooks } from "#db/testing/books.ts";
import { inTx } from "#db/tx.ts";
import { testWire } from "#jobs/testing/wire.ts";
import { wirePool } from "#jobs/wire/pool.ts";
import { countHour, countHours, isDue } from "./count-hours.server.ts";
import { getFiguresPage } from "./get-figures-page.server.ts";
import { addBatch, addEvidence, addOutcome } from "./testing/add-traffic.ts";

testBooks();
await testWire();

const HOUR = 3_600_000;
/** The beginning of an hour that is over. */
const hour = Math.floor(Date.now() / HOUR) * HOUR - HOUR;
const UA = "+380501234567";
const PL = "+48512345678";
let actors: Actors;
let a: number;
let b: number;

beforeEach(async () => {
	await wirePool().query(
		"TRUNCATE wire.intents, wire.outcomes, wire.evidence, wire.provider_hours, wire.counted_hours",
	);
	actors = await makeActors();
	const accountId = actors.admin.account.id;
	[a, b] = await inTx((tx) => [addProvider(tx, { accountId, name: "A" }), addProvider(tx, { accountId, name: "B" })]);
});

const page = (id = a) => getFiguresPage(actors.admin, id, "day");
const { handedOver, sent, refused, notTaken, unknown, again, none, settledBefore } = RESULT;

describe("an hour's figures", () => {
	it("are what the calls came to and what was said since, by country and cause", async () => {
		await addBatch({ batchId: 1, providerId: a, hour, first: 100, recipients: [UA, UA, UA, PL, PL, PL] });
		const results = [handedOver, sent, refused, handedOver, unknown, handedOver];
		const causes = [0, 0, CAUSES.bad_number, 0, CAUSES.call_timed_out, 0];
		await addOutcome({ batchId: 1, hour, first: 100, results, causes });
		// Delivered after 10 s, read later; delivered, but only after it had failed; failed for good.
		await addEvidence(a, hour, [
			[100, 50, 10],
			[100, 60, 60],
			[103, 41, 5, CAUSES.unreachable],
			[103, 50, 20],
			[105, 41, 30, CAUSES.unreachable],
		]);
		await countHour(hour);
		const { total, causes: listed, countries } = await page();
		expect(total).toMatchObject({ tried: 6, taken: 5, delivered: 2, read: 1, failed: 1 });
		expect(total.medianMs).toBeGreaterThan(9_000);
		expect(total.medianMs).toBeLessThan(11_000);
		expect(listed).toEqual([
			{ cause: "bad_number", count: 1 },
			{ cause: "unreachable", count: 1 },
			{ cause: "call_timed_out", count: 1 },
		]);
		expect(countries).toMatchObject([
			{ country: "PL", tried: 3, delivered: 1, errors: 2 },
			{ country: "UA", tried: 3, delivered: 1, errors: 1 },
		]);
	});

	it("count a message once, however often its outcome and its receipts are written", async () => {
		await addBatch({ batchId: 1, providerId: a, hour, first: 1, recipients: [UA, UA, UA] });
		await addOutcome({ batchId: 1, hour, first: 1, results: [handedOver, unknown, none] });
		// The second part of the batch; then what a recovery writes of the whole, and what an answer to a question has settled.
		await addOutcome({
			batchId: 1,
			hour,
			first: 1,
			results: [settledBefore, unknown, again],
			causes: [0, 60, 46],
			afterMs: 500,
		});
		await addOutcome({
			batchId: 1,
			hour,
			first: 1,
			results: [handedOver, unknown, again],
			causes: [0, 60, 46],
			afterMs: 900,
		});
		await addOutcome({ batchId: 1, hour, first: 2, results: [sent], causes: [0], afterMs: 2_000 });
		const twice: [number, number, number][] = [
			[1, 50, 10],
			[1, 50, 11],
		];
		await addEvidence(a, hour, twice);
		await countHour(hour);
		const { total, causes } = await page();
		expect(total).toMatchObject({ tried: 3, taken: 2, delivered: 1 });
		expect(causes).toEqual([{ cause: "throttled", count: 1 }]);
	});

	it("leave out whom nobody was called for, other attempts and other hours", async () => {
		await addBatch({ batchId: 1, providerId: a, hour, first: 1, recipients: [UA, UA] });
		await addOutcome({ batchId: 1, hour, first: 1, results: [notTaken, handedOver] });
		await addBatch({ batchId: 2, providerId: b, hour, first: 2, attempt: 1, recipients: [UA] });
		await addOutcome({ batchId: 2, hour, first: 2, results: [handedOver] });
		await addBatch({ batchId: 1, providerId: a, hour: hour + HOUR, first: 50, recipients: [UA] });
		await addOutcome({ batchId: 1, hour: hour + HOUR, first: 50, results: [handedOver] });
		await addEvidence(b, hour, [[2, 50, 1]], 1);
		await countHour(hour);
		expect((await page(a)).total).toMatchObject({ tried: 1, delivered: 0 });
		const second = await page(b);
		expect(second.total).toMatchObject({ tried: 1, delivered: 1 });
		expect(second.channelTaken, "of both").toBe(2);
	});

	it("are the same when they are counted again, and grow with what comes late", async () => {
		await addBatch({ batchId: 1, providerId: a, hour, first: 1, recipients: [UA, PL] });
		await addOutcome({ batchId: 1, hour, first: 1, results: [handedOver, handedOver] });
		await countHour(hour);
		const once = await page();
		await countHour(hour);
		expect({ ...(await page()), countedAtUtc: null }).toEqual({ ...once, countedAtUtc: null });
		await addEvidence(a, hour, [[2, 50, 4_000]]);
		await countHour(hour);
		expect((await page()).total).toMatchObject({ tried: 2, delivered: 1 });
	});

	it("stay whole when whoever counts them dies before the end", async () => {
		await addBatch({ batchId: 1, providerId: a, hour, first: 1, recipients: [UA] });
		await addOutcome({ batchId: 1, hour, first: 1, results: [handedOver] });
		await countHour(hour);
		// Postgres ends the transaction of a client that is gone; the same as one that is refused half way.
		await wirePool().query("ALTER TABLE wire.provider_hours ADD CONSTRAINT cut CHECK (count < 1) NOT VALID");
		await expect(countHour(hour)).rejects.toThrow("cut");
		await wirePool().query("ALTER TABLE wire.provider_hours DROP CONSTRAINT cut");
		expect((await page()).total).toMatchObject({ tried: 1 });
		await countHour(hour);
		expect((await page()).total).toMatchObject({ tried: 1 });
	});
});

it("hours are counted when they are due: all that were missed, then ever more seldom", async () => {
	const now = hour + 1.5 * HOUR;
	expect(await countHours(undefined, now)).toBe(96);
	await wirePool().query("UPDATE wire.counted_hours SET counted_at = to_timestamp($1)", [now / 1000]);
	expect(await countHours(undefined, now), "the one that runs").toBe(1);
	const minute = 60_000;
	expect(isDue(hour, undefined, now)).toBe(true);
	expect(isDue(hour, hour + 59 * minute, hour + 60 * minute)).toBe(true);
	expect(isDue(hour, hour + 61 * minute, hour + 80 * minute)).toBe(false);
	expect(isDue(hour, hour + 61 * minute, hour + 82 * minute)).toBe(true);
	expect(isDue(hour, hour + 30 * HOUR, hour + 39 * HOUR)).toBe(false);
	expect(isDue(hour, hour + 30 * HOUR, hour + 40 * HOUR)).toBe(true);
});

it("nobody but the admin's people is shown figures", async () => {
	await expect(getFiguresPage(actors.dealer, a, "day")).rejects.toMatchObject({ status: 403 });
	const stranger = { ...actors.dealer, rights: actors.admin.rights };
	await expect(getFiguresPage(stranger, a, "day")).rejects.toThrow(`no provider ${a}`);
});
