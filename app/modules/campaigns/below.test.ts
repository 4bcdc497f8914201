import { beforeEach, expect, it } from "vitest";
import type { Actor } from "#app/modules/access/actor.ts";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { AccountNotFoundError } from "#app/modules/accounts/account.errors.ts";
import { testBooks } from "#db/testing/books.ts";
import { testProvider } from "#db/testing/campaign.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { testWire } from "#jobs/testing/wire.ts";
import { CampaignNotFoundError } from "./campaign.errors.ts";
import { getCampaign, listCampaigns } from "./campaign.queries.server.ts";
import { draftAsForm } from "./draft-as-form.server.ts";
import { getAccountCampaigns } from "./get-account-campaigns.server.ts";
import { getReview } from "./get-review.server.ts";
import { pauseCampaign } from "./pause-campaign.server.ts";
import { saveNewCampaign } from "./save-new-campaign.server.ts";

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

const NUMBERS = ["0671234545", "0679998877", "+1 555 123 99 99 99 99"];

async function draft(actor: Actor): Promise<number> {
	const fields = {
		formKey: "k",
		name: "N",
		sender: "viber:DemoShop",
		text: "Hi",
		when: "now",
		paste: NUMBERS.join(";"),
	};
	return ((await saveNewCampaign(actor, { fields })) as { campaignId: number }).campaignId;
}

const idsOf = (actor: Actor, accountId?: number) =>
	readBooks((tx) => listCampaigns(tx, actor, { accountId })).campaigns.map(({ id }) => id);

it("a reseller sees the campaigns of each account of its branch, of no other, and changes none", async () => {
	const { admin, dealer, dealer2, client, client2 } = actors;
	const id = await draft(client);
	expect(idsOf(dealer, client.account.id)).toEqual([id]);
	expect(idsOf(admin, client.account.id)).toEqual([id]);
	expect(idsOf(dealer)).toEqual([]);
	expect(idsOf(dealer, client2.account.id)).toEqual([]);
	expect(() => idsOf(dealer2, client.account.id)).toThrow(AccountNotFoundError);
	expect(() => idsOf(client2, client.account.id)).toThrow(AccountNotFoundError);
	expect(() => idsOf(client, dealer.account.id)).toThrow(AccountNotFoundError);
	expect(() => idsOf(dealer, 987_654)).toThrow(AccountNotFoundError);
	const page = readBooks((tx) => getAccountCampaigns(tx, dealer, client.account.id, "http://x/?state=draft"));
	expect(page).toMatchObject({ account: { name: "client" }, rows: [{ id }], state: "draft", nextBefore: null });
	await expect(pauseCampaign(dealer, id, { version: 1, state: "draft" })).rejects.toThrow(CampaignNotFoundError);
});

it("whoever is limited to some accounts reaches theirs and neither the own one's nor the others'", async () => {
	const { dealer, client, client2 } = actors;
	const own = await draft(dealer);
	const theirs = await draft(client);
	const others = await draft(client2);
	const limited = { ...dealer, branches: [client.account.path] };
	expect(idsOf(limited, client.account.id)).toEqual([theirs]);
	expect(() => idsOf(limited)).toThrow(AccountNotFoundError);
	expect(() => idsOf(limited, client2.account.id)).toThrow(AccountNotFoundError);
	expect(readBooks((tx) => getCampaign(tx, limited, theirs))).toMatchObject({ isOwn: false });
	for (const id of [own, others])
		expect(() => readBooks((tx) => getCampaign(tx, limited, id))).toThrow(CampaignNotFoundError);
});

it("whoever may not see numbers sees what was typed masked, and goes on with it without seeing it", async () => {
	const { client } = actors;
	const id = await draft(client);
	const rights = new Set([...client.rights].filter((right) => right !== "numbers.read"));
	const blind = { ...client, rights };
	const rejectsOf = (actor: Actor) =>
		readBooks((tx) => getReview(tx, actor, id, { line: 0, cell: 0 })).rejects.map(({ typed }) => typed);
	expect(rejectsOf(client)).toEqual([NUMBERS[2]]);
	expect(rejectsOf(blind)).toEqual(["+• ••• ••• •• •• •• 99"]);
	expect((await draftAsForm(client, id)).values).toMatchObject({ paste: NUMBERS.join(";") });
	const form = await draftAsForm(blind, id);
	for (const number of NUMBERS) expect(JSON.stringify(form)).not.toContain(number);
	expect(form.values).not.toHaveProperty("paste");
	expect(form.kept).toMatchObject({ validCount: 2, badCount: 1 });
});
