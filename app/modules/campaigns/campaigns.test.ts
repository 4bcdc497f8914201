import { beforeEach, describe, expect, it } from "vitest";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { getAudience } from "#app/modules/audiences/audience.queries.server.ts";
import { createPastedAudience } from "#app/modules/audiences/create-pasted-audience.server.ts";
import { testBooks } from "#db/testing/books.ts";
import { sellForNothing } from "#db/testing/money.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { testWire } from "#jobs/testing/wire.ts";
import { getCampaign, getFigures, listCampaigns } from "./campaign.queries.server.ts";
import type { CampaignInput } from "./campaign.schema.ts";
import type { Campaign, CampaignState } from "./campaign.ts";
import { cancelCampaign } from "./cancel-campaign.server.ts";
import { createCampaign } from "./create-campaign.server.ts";
import { pauseCampaign } from "./pause-campaign.server.ts";
import { resumeCampaign } from "./resume-campaign.server.ts";
import { startCampaign } from "./start-campaign.server.ts";
import { updateCampaign } from "./update-campaign.server.ts";

await testWire();
testBooks();

let actors: Actors;
let input: CampaignInput;

beforeEach(async () => {
	actors = await makeActors();
	await sellForNothing();
	await inTx((tx) => {
		const add = tx.sql("INSERT INTO senders (account_id, channel, name) VALUES (?, 'viber', ?)");
		add.run(actors.dealer.account.id, "DealerShop");
		add.run(actors.client3.account.id, "Foreign");
	});
	const collectionId = await createPastedAudience(actors.client, "0671111111\n0672222222");
	const sender = { channel: "viber" as const, name: "DealerShop" };
	input = { name: "Spring", sender, text: "Hello", collectionId, startAtUtc: null };
});

async function draft(change: Partial<CampaignInput> = {}, formKey = "form-1"): Promise<number> {
	return (await createCampaign(actors.client, formKey, { ...input, ...change })).campaignId;
}

const get = (id: number) => readBooks((tx) => getCampaign(tx, actors.client, id));
const seen = (id: number) => {
	const { version, state } = get(id);
	return { version, state };
};

/** What a job does to it. */
async function bySystem(id: number, state: CampaignState): Promise<void> {
	await inTx((tx) => void tx.sql("UPDATE campaigns SET state = ?, version = version + 1 WHERE id = ?").run(state, id));
}

function jobs(): { task: string; runAtUtc: number | null }[] {
	return readBooks((tx) =>
		tx
			.sql<{ task: string; runAtUtc: number | null }>(
				"SELECT task, run_at_utc AS runAtUtc FROM outbox WHERE task <> 'read-audience' ORDER BY id",
			)
			.all(),
	);
}

function audited(): string[] {
	return readBooks((tx) => tx.sql("SELECT verb FROM audit ORDER BY id").pluck().all() as string[]);
}

describe("creating", () => {
	it("makes a draft with its counters, and audits it", async () => {
		const id = await draft();
		expect(get(id)).toMatchObject({ state: "draft", version: 1, name: "Spring", sender: "DealerShop", isOwn: true });
		expect(readBooks((tx) => getFigures(tx, actors.client, id))).toMatchObject({ state: "draft", queued: 0, read: 0 });
		expect(audited()).toEqual(["audience.create", "campaign.create"]);
		expect(jobs()).toEqual([]);
	});

	it("twice with one form makes one campaign; another account's same key is another", async () => {
		const first = await createCampaign(actors.client, "k", input);
		const again = await createCampaign(actors.client, "k", { ...input, text: "Changed" });
		expect(again).toEqual({ campaignId: first.campaignId, isReplay: true });
		expect(get(first.campaignId).text).toBe("Hello");
		const collectionId = await createPastedAudience(actors.client2, "0671111111");
		const other = await createCampaign(actors.client2, "k", { ...input, collectionId });
		expect(other).toMatchObject({ isReplay: false });
		expect(audited().filter((verb) => verb === "campaign.create")).toHaveLength(2);
	});

	it("refuses another branch's sender and another account's audience", async () => {
		await expect(draft({ sender: { channel: "viber", name: "Foreign" } })).rejects.toThrow("Foreign");
		await expect(createCampaign(actors.client2, "k", input)).rejects.toMatchObject({ name: "CollectionNotFoundError" });
		expect(readBooks((tx) => listCampaigns(tx, actors.client2, {}).campaigns)).toEqual([]);
	});
});

describe("starting", () => {
	it("without a time begins to prepare at once", async () => {
		const id = await draft();
		await startCampaign(actors.client, id, seen(id));
		expect(get(id)).toMatchObject({ state: "preparing", version: 2, startedAtUtc: expect.any(Number) });
		expect(jobs()).toEqual([{ task: "prepare-campaign", runAtUtc: null }]);
	});

	it("with a time ahead schedules it for then", async () => {
		const startAtUtc = Date.now() + 3_600_000;
		const id = await draft({ startAtUtc });
		await startCampaign(actors.client, id, seen(id));
		expect(get(id)).toMatchObject({ state: "scheduled", startedAtUtc: null });
		expect(jobs()).toEqual([{ task: "begin-campaign", runAtUtc: startAtUtc }]);
	});

	it("twice by a double click starts once", async () => {
		const id = await draft();
		const page = seen(id);
		await startCampaign(actors.client, id, page);
		await expect(startCampaign(actors.client, id, page)).rejects.toMatchObject({
			name: "StaleCampaignError",
			now: { state: "preparing", version: 2 },
		});
		expect(jobs()).toHaveLength(1);
	});

	it("refuses an empty audience, one that is being read, a time that has passed, a sender that was taken away", async () => {
		const empty = await draft({ collectionId: await createPastedAudience(actors.client, "nobody") }, "a");
		await expect(startCampaign(actors.client, empty, seen(empty))).rejects.toMatchObject({
			name: "EmptyAudienceError",
		});
		const late = await draft({ startAtUtc: Date.now() - 1 }, "b");
		await expect(startCampaign(actors.client, late, seen(late))).rejects.toMatchObject({ name: "StartPassedError" });
		const id = await draft();
		await inTx((tx) => void tx.sql("UPDATE collections SET state = 'reading' WHERE id = ?").run(input.collectionId));
		await expect(startCampaign(actors.client, id, seen(id))).rejects.toMatchObject({ name: "AudienceNotReadyError" });
		await inTx((tx) => {
			tx.sql("UPDATE collections SET state = 'ready' WHERE id = ?").run(input.collectionId);
			tx.sql("DELETE FROM senders").run();
		});
		await expect(startCampaign(actors.client, id, seen(id))).rejects.toMatchObject({ name: "SenderNotAllowedError" });
		expect(jobs()).toEqual([]);
	});
});

describe("pausing and resuming", () => {
	it.each<[CampaignState, string, boolean]>([
		["scheduled", "begin-campaign", true],
		["preparing", "prepare-campaign", false],
		["sending", "send-campaign", false],
	])("from %s go back to it with the job %s", async (state, task, isScheduled) => {
		const startAtUtc = isScheduled ? Date.now() + 3_600_000 : null;
		const id = await draft({ startAtUtc });
		await startCampaign(actors.client, id, seen(id));
		if (state === "sending") await bySystem(id, "sending");
		await pauseCampaign(actors.client, id, seen(id));
		expect(get(id)).toMatchObject({ state: "paused", pausedFrom: state });
		await resumeCampaign(actors.client, id, seen(id));
		expect(get(id)).toMatchObject({ state, pausedFrom: null });
		expect(jobs().at(-1)).toEqual({ task, runAtUtc: startAtUtc });
	});

	it("past the scheduled moment begins now", async () => {
		const id = await draft({ startAtUtc: Date.now() + 3_600_000 });
		await startCampaign(actors.client, id, seen(id));
		await pauseCampaign(actors.client, id, seen(id));
		await inTx((tx) => void tx.sql("UPDATE campaigns SET start_at_utc = ? WHERE id = ?").run(Date.now() - 1, id));
		await resumeCampaign(actors.client, id, seen(id));
		expect(get(id)).toMatchObject({ state: "preparing", startedAtUtc: expect.any(Number) });
	});

	it("pausing takes no offence at the campaign's own progress, but at a person's change", async () => {
		const id = await draft();
		await startCampaign(actors.client, id, seen(id));
		const page = seen(id);
		await bySystem(id, "sending");
		await pauseCampaign(actors.client, id, page);
		await resumeCampaign(actors.client, id, seen(id));
		await expect(pauseCampaign(actors.client, id, page)).rejects.toMatchObject({ name: "StaleCampaignError" });
		await expect(cancelCampaign(actors.client, id, page)).rejects.toMatchObject({ name: "StaleCampaignError" });
	});

	it("forgets why the system paused it", async () => {
		const id = await draft();
		await startCampaign(actors.client, id, seen(id));
		await inTx((tx) => {
			tx.sql(
				"UPDATE campaigns SET state = 'paused', paused_from = 'sending', cause = 'provider_balance' WHERE id = ?",
			).run(id);
		});
		await resumeCampaign(actors.client, id, seen(id));
		expect(get(id)).toMatchObject({ state: "sending", cause: null });
	});
});

describe("cancelling", () => {
	it("a draft or a scheduled campaign is all there is to do, and its audience is read no further", async () => {
		const id = await draft();
		await inTx((tx) => void tx.sql("UPDATE collections SET state = 'reading' WHERE id = ?").run(input.collectionId));
		await cancelCampaign(actors.client, id, seen(id));
		expect(get(id)).toMatchObject({ state: "cancelled", finishedAtUtc: expect.any(Number) });
		const audience = readBooks((tx) => getAudience(tx, actors.client.account.id, input.collectionId));
		expect(audience).toMatchObject({ state: "failed", failure: "reading_cancelled" });
		expect(jobs()).toEqual([]);
	});

	it("a campaign under way leaves the rest to the job, also when it is paused", async () => {
		const id = await draft();
		await startCampaign(actors.client, id, seen(id));
		await bySystem(id, "sending");
		await pauseCampaign(actors.client, id, seen(id));
		await cancelCampaign(actors.client, id, seen(id));
		expect(jobs().map(({ task }) => task)).toEqual(["prepare-campaign", "cancel-rest"]);
		await expect(resumeCampaign(actors.client, id, seen(id))).rejects.toMatchObject({
			name: "WrongCampaignStateError",
			state: "cancelled",
		});
	});
});

describe("changing", () => {
	it("a draft raises its version, so that an older page is refused with what it is now", async () => {
		const id = await draft();
		const page = seen(id);
		await updateCampaign(actors.client, id, page, { ...input, text: "Second" });
		expect(get(id)).toMatchObject({ text: "Second", version: 2 });
		await expect(updateCampaign(actors.client, id, page, { ...input, text: "Third" })).rejects.toMatchObject({
			now: { state: "draft", version: 2 },
		});
		expect(get(id).text).toBe("Second");
	});

	it("is for drafts only", async () => {
		const id = await draft();
		await startCampaign(actors.client, id, seen(id));
		await expect(updateCampaign(actors.client, id, seen(id), input)).rejects.toMatchObject({
			name: "WrongCampaignStateError",
		});
	});
});

describe("another account", () => {
	const deeds: [string, (actors: Actors, id: number, at: Campaign) => Promise<void>][] = [
		["start", ({ client3 }, id, at) => startCampaign(client3, id, at)],
		["pause", ({ client3 }, id, at) => pauseCampaign(client3, id, at)],
		["resume", ({ client3 }, id, at) => resumeCampaign(client3, id, at)],
		["cancel", ({ client3 }, id, at) => cancelCampaign(client3, id, at)],
		["update", ({ client3 }, id, at) => updateCampaign(client3, id, at, input)],
	];
	it.each(deeds)("cannot %s a campaign, nor tell it from one that does not exist", async (_name, deed) => {
		const id = await draft();
		const at = get(id);
		for (const one of [id, 999_999])
			await expect(deed(actors, one, at)).rejects.toMatchObject({ name: "CampaignNotFoundError" });
		expect(get(id)).toEqual(at);
	});

	it("reads it only from above, and changes it from nowhere", async () => {
		const id = await draft();
		for (const above of [actors.admin, actors.dealer])
			expect(readBooks((tx) => getCampaign(tx, above, id))).toMatchObject({ id, isOwn: false });
		for (const other of [actors.client2, actors.client3, actors.dealer2]) {
			expect(() => readBooks((tx) => getCampaign(tx, other, id))).toThrow("no campaign");
			expect(() => readBooks((tx) => getFigures(tx, other, id))).toThrow("no campaign");
		}
		await expect(startCampaign(actors.dealer, id, seen(id))).rejects.toMatchObject({ name: "CampaignNotFoundError" });
	});
});

it("lists by key, newest first, by state, the account's own only", async () => {
	const ids: number[] = [];
	for (let at = 0; at < 53; at++) ids.unshift(await draft({}, `form-${at}`));
	await cancelCampaign(actors.client, ids[2]!, seen(ids[2]!));
	const list = (filter: { state?: CampaignState; before?: number }) =>
		readBooks((tx) => listCampaigns(tx, actors.client, filter));
	const first = list({});
	expect(first.campaigns.map(({ id }) => id)).toEqual(ids.slice(0, 50));
	const second = list({ before: first.nextBefore! });
	expect(second.campaigns.map(({ id }) => id)).toEqual(ids.slice(50));
	expect(second.nextBefore).toBeNull();
	expect(list({ state: "cancelled" }).campaigns.map(({ id }) => id)).toEqual([ids[2]]);
	expect(list({ state: "draft" }).campaigns).toHaveLength(50);
	expect(readBooks((tx) => listCampaigns(tx, actors.dealer, {})).campaigns).toEqual([]);
});
