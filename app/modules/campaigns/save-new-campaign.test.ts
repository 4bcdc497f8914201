import { beforeEach, describe, expect, it } from "vitest";
import type { UploadForm } from "#app/lib/read-upload-form.server.ts";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { UploadTooBigError } from "#app/modules/audiences/audience.errors.ts";
import { PASTE_MAX_CHARS } from "#app/modules/audiences/audience.ts";
import { type StoredUpload, storeUpload } from "#app/modules/audiences/store-upload.server.ts";
import { FALLBACK_STANDARD } from "#app/modules/fallback/fallback-fields.ts";
import { testBooks } from "#db/testing/books.ts";
import { testProvider } from "#db/testing/campaign.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { testWire } from "#jobs/testing/wire.ts";
import { listCampaigns } from "./campaign.queries.server.ts";
import { draftAsForm } from "./draft-as-form.server.ts";
import { getReview } from "./get-review.server.ts";
import { saveDraft } from "./save-draft.server.ts";
import { type FailedForm, saveNewCampaign } from "./save-new-campaign.server.ts";

await testWire();
testBooks();

let actors: Actors;
beforeEach(async () => {
	actors = await makeActors();
	await testProvider("http://127.0.0.1:9");
	await inTx((tx) => {
		tx.sql("INSERT INTO senders (account_id, channel, name) VALUES (?, 'viber', 'DemoShop')").run(
			actors.admin.account.id,
		);
	});
});

const good = { formKey: "k", name: "", sender: "viber:DemoShop", text: "Hello", when: "now", paste: "0671111111" };

async function file(name: string, content: string): Promise<NonNullable<UploadForm<StoredUpload>["file"]>> {
	async function* bytes() {
		yield Buffer.from(content, "latin1");
	}
	return { name, stored: await storeUpload(bytes()) };
}

async function save(
	change: Record<string, string>,
	uploaded?: UploadForm<StoredUpload>["file"],
	actor = actors.client,
) {
	return saveNewCampaign(actor, { fields: { ...good, ...change }, file: uploaded });
}

/** The errors by field, as keys. */
async function errorsOf(change: Record<string, string>, uploaded?: UploadForm<StoredUpload>["file"]) {
	const { errors } = (await save(change, uploaded)) as FailedForm;
	return Object.fromEntries(Object.entries(errors).map(([field, [first]]) => [field, first?.split("|")[0]]));
}

const campaigns = () => readBooks((tx) => listCampaigns(tx, actors.client, {}).campaigns);
const review = (id: number) => readBooks((tx) => getReview(tx, actors.client, id, { line: 0, cell: 0 }));

it("makes a draft of pasted numbers whose review lists the bad ones", async () => {
	const saved = (await save({ paste: "0671111111, bad\n0671111111" })) as { campaignId: number };
	expect(review(saved.campaignId)).toMatchObject({
		campaign: { name: "Hello", state: "draft" },
		audience: { validCount: 1, duplicateCount: 1, badCount: 1 },
		rejects: [
			{ line: 1, cell: 2, typed: "bad", reason: "no_digits" },
			{ line: 2, cell: 1, typed: "0671111111", reason: "duplicate" },
		],
	});
});

it("makes one campaign of a form that is sent twice", async () => {
	const { campaignId } = (await save({})) as { campaignId: number };
	expect(await save({ text: "Another" })).toMatchObject({ campaignId });
	expect(campaigns()).toHaveLength(1);
});

describe("says what is wrong beside its field, and makes nothing", () => {
	it.each([
		[{ text: "x".repeat(1001) }, { text: "campaigns:error.text_too_long" }],
		[{ when: "later", date: "2020-01-01", time: "10:00" }, { date: "campaigns:error.past" }],
		[{ paste: " \n" }, { paste: "audiences:error.missing" }],
		[{ paste: "nobody" }, { paste: "audiences:error.none_valid" }],
		[{ paste: "1".repeat(PASTE_MAX_CHARS + 1) }, { paste: "audiences:error.paste_too_long" }],
		[{ sender: "sms:DemoShop" }, { sender: "campaigns:error.channel_closed" }],
		[{ sender: "viber:Unknown" }, { sender: "campaigns:error.sender_not_allowed" }],
		[
			{ text: "", sender: "" },
			{ text: "campaigns:error.text_missing", sender: "campaigns:error.sender_missing" },
		],
	])("%#", async (change, errors) => {
		expect(await errorsOf(change)).toEqual(errors);
		expect(campaigns()).toEqual([]);
	});

	it.each([
		["\x89PNG\r\n\x1a\n", "audiences:failures.not_text"],
		["PK\x03\x04 [Content_Types].xml", "audiences:failures.excel_workbook"],
		["nobody", "audiences:error.none_valid"],
		["", "audiences:error.none_valid"],
	])("a file of %j", async (content, error) => {
		expect(await errorsOf({ paste: "" }, await file("list.csv", content))).toEqual({ file: error });
		expect(campaigns()).toEqual([]);
	});

	it("a list without a good number, with the reason of each", async () => {
		const failed = (await save({ paste: "nobody, 12" })) as FailedForm;
		expect(failed.rejects?.map(({ typed, reason }) => [typed, reason])).toEqual([
			["nobody", "no_digits"],
			["12", "too_short"],
		]);
	});

	it("a file that is too big, with everything typed kept", async () => {
		const tooBig = { name: "big.csv", stored: new UploadTooBigError(1) as never };
		const failed = await save({ paste: "", text: "Kept" }, tooBig);
		expect(failed).toMatchObject({
			isTooBig: true,
			values: { text: "Kept" },
			errors: { file: [expect.stringContaining("32")] },
		});
	});
});

describe("a good file", () => {
	it("is kept when another field is wrong, and used by the next try", async () => {
		const failed = (await save({ paste: "", text: "" }, await file("list.csv", "phone\n0671111111"))) as FailedForm;
		expect(failed.kept).toMatchObject({ name: "list.csv", validCount: 1 });
		const collectionId = String(failed.kept!.id);
		const saved = (await save({ paste: "", collectionId })) as { campaignId: number };
		expect(review(saved.campaignId).audience).toMatchObject({ id: failed.kept!.id, name: "list.csv" });
	});

	it("and pasted numbers are not mixed: one of them must go", async () => {
		const failed = (await save({}, await file("list.csv", "0672222222"))) as FailedForm;
		expect(failed.errors).toMatchObject({ file: [expect.stringContaining("both")] });
		const collectionId = String(failed.kept!.id);
		const saved = (await save({ collectionId, forgetFile: "1" })) as { campaignId: number };
		expect(review(saved.campaignId).audience).toMatchObject({ name: "", validCount: 1 });
	});

	it("of another account is as unknown as one that does not exist", async () => {
		const failed = (await save({ paste: "", text: "" }, await file("list.csv", "0671111111"))) as FailedForm;
		const own = await save({ paste: "", collectionId: String(failed.kept!.id) }, undefined, actors.client3);
		const none = await save({ paste: "", collectionId: "999999" }, undefined, actors.client3);
		expect(own).toMatchObject({ errors: { file: ["audiences:error.gone"] } });
		expect((own as FailedForm).errors).toEqual((none as FailedForm).errors);
	});
});

describe("a draft", () => {
	it("goes back into the form with everything as it was typed", async () => {
		const startDate = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
		const fields = { name: "Spring", paste: "0671111111, bad\n", when: "later", date: startDate, time: "10:30" };
		const { campaignId } = (await save(fields)) as { campaignId: number };
		const draft = await draftAsForm(actors.client, campaignId);
		expect(draft.values).toEqual({ ...FALLBACK_STANDARD, ...fields, text: "Hello", sender: "viber:DemoShop" });
		expect(draft.kept).toBeUndefined();
		await expect(draftAsForm(actors.dealer, campaignId)).rejects.toMatchObject({ name: "CampaignNotFoundError" });
	});

	it("is not overwritten from a stale page, and what was typed there is kept", async () => {
		const { campaignId } = (await save({})) as { campaignId: number };
		const { seen } = await draftAsForm(actors.client, campaignId);
		const page = { fields: { ...good, text: "Second" } };
		expect(await saveDraft(actors.client, campaignId, page, seen)).toBeUndefined();
		const stale = await saveDraft(actors.client, campaignId, { fields: { ...good, text: "Third" } }, seen);
		expect(stale).toMatchObject({ values: { text: "Third" }, errors: { "": ["campaigns:error.draft_changed"] } });
		expect(review(campaignId).campaign.text).toBe("Second");
	});
});
