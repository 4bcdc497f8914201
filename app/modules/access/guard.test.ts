import { beforeEach, expect, it } from "vitest";
import { createAccount, type NewAccountWish } from "#app/modules/accounts/create-account.server.ts";
import { getAccountPage } from "#app/modules/accounts/get-account-page.server.ts";
import { createAudience } from "#app/modules/audiences/create-audience.server.ts";
import { createPastedAudience } from "#app/modules/audiences/create-pasted-audience.server.ts";
import { uploadsOf } from "#app/modules/audiences/uploads-of.server.ts";
import { getCampaign, getFigures, listCampaigns } from "#app/modules/campaigns/campaign.queries.server.ts";
import { campaignFormFrame } from "#app/modules/campaigns/campaign-form-frame.server.ts";
import { cancelCampaign } from "#app/modules/campaigns/cancel-campaign.server.ts";
import { createCampaign } from "#app/modules/campaigns/create-campaign.server.ts";
import { draftAsForm } from "#app/modules/campaigns/draft-as-form.server.ts";
import { getAccountCampaigns } from "#app/modules/campaigns/get-account-campaigns.server.ts";
import { getCampaignPage } from "#app/modules/campaigns/get-campaign-page.server.ts";
import { getCancelPage } from "#app/modules/campaigns/get-cancel-page.server.ts";
import { getReview } from "#app/modules/campaigns/get-review.server.ts";
import { liveFigures } from "#app/modules/campaigns/live-figures.server.ts";
import { pauseCampaign } from "#app/modules/campaigns/pause-campaign.server.ts";
import { resumeCampaign } from "#app/modules/campaigns/resume-campaign.server.ts";
import { saveDraft } from "#app/modules/campaigns/save-draft.server.ts";
import { saveNewCampaign } from "#app/modules/campaigns/save-new-campaign.server.ts";
import { startCampaign } from "#app/modules/campaigns/start-campaign.server.ts";
import { updateCampaign } from "#app/modules/campaigns/update-campaign.server.ts";
import { listMessages } from "#app/modules/messages/list-messages.server.ts";
import { listProviders } from "#app/modules/providers/provider.queries.server.ts";
import { testBooks } from "#db/testing/books.ts";
import { readBooks, type Tx } from "#db/tx.ts";
import type { Actor } from "./actor.ts";
import type { Right } from "./rights.ts";
import { type Actors, makeActors } from "./testing/make-actors.ts";

testBooks();

let actors: Actors;
beforeEach(async () => {
	actors = await makeActors();
});

/** Of nothing that exists: who is refused is refused before anything is looked up. */
const NONE = 987_654;
const seen = { version: 1, state: "draft" as const };
const start = { line: 0, cell: 0 };
const form = { fields: {} };
const input = {
	name: "a",
	sender: { channel: "viber" as const, name: "b" },
	text: "c",
	collectionId: NONE,
	startAtUtc: null,
};
const reading = (read: (tx: Tx, actor: Actor) => unknown) => (actor: Actor) => readBooks((tx) => read(tx, actor));

type Deed = (actor: Actor) => unknown;

const DEEDS: [name: string, needs: Right[], deed: Deed][] = [
	["campaignFormFrame of a new one", ["campaigns.create"], (actor) => campaignFormFrame(actor, "campaigns.create")],
	["campaignFormFrame of a draft", ["campaigns.update"], (actor) => campaignFormFrame(actor, "campaigns.update")],
	["saveNewCampaign", ["campaigns.create"], (actor) => saveNewCampaign(actor, form)],
	["createCampaign", ["campaigns.create"], (actor) => createCampaign(actor, "key", input)],
	["uploadsOf", ["campaigns.create", "campaigns.update"], uploadsOf],
	[
		"createAudience",
		["campaigns.create", "campaigns.update"],
		(actor) => createAudience(actor, { uploadId: "none", sizeBytes: 1 }, "a"),
	],
	["getCampaign", ["campaigns.read"], reading((tx, actor) => getCampaign(tx, actor, NONE))],
	["getCampaignPage", ["campaigns.read"], reading((tx, actor) => getCampaignPage(tx, actor, NONE))],
	["getFigures", ["campaigns.read"], reading((tx, actor) => getFigures(tx, actor, NONE))],
	["liveFigures", ["campaigns.read"], (actor) => liveFigures(actor, NONE, AbortSignal.abort())],
	["getReview", ["campaigns.read"], reading((tx, actor) => getReview(tx, actor, NONE, start))],
	["listCampaigns", ["campaigns.read"], reading((tx, actor) => listCampaigns(tx, actor, {}))],
	[
		"listMessages",
		["campaigns.read"],
		reading((tx, actor) => listMessages(tx, actor, { firstMessageId: 1, messageCount: 1 }, {})),
	],
	["getAccountCampaigns", ["accounts.read"], reading((tx, actor) => getAccountCampaigns(tx, actor, NONE, "http://x/"))],
	[
		"getAccountCampaigns",
		["campaigns.read"],
		reading((tx, actor) => getAccountCampaigns(tx, actor, NONE, "http://x/")),
	],
	["draftAsForm", ["campaigns.update"], (actor) => draftAsForm(actor, NONE)],
	["saveDraft", ["campaigns.update"], (actor) => saveDraft(actor, NONE, form, seen)],
	["updateCampaign", ["campaigns.update"], (actor) => updateCampaign(actor, NONE, seen, input)],
	["startCampaign", ["campaigns.update"], (actor) => startCampaign(actor, NONE, seen)],
	["pauseCampaign", ["campaigns.update"], (actor) => pauseCampaign(actor, NONE, seen)],
	["resumeCampaign", ["campaigns.update"], (actor) => resumeCampaign(actor, NONE, seen)],
	["cancelCampaign", ["campaigns.delete"], (actor) => cancelCampaign(actor, NONE, seen)],
	["getCancelPage", ["campaigns.delete"], reading((tx, actor) => getCancelPage(tx, actor, NONE))],
	["listProviders", ["providers.read"], reading((tx, actor) => listProviders(tx, actor))],
	["getAccountPage", ["accounts.read"], reading((tx, actor) => getAccountPage(tx, actor, NONE))],
	["createAccount", ["accounts.create"], (actor) => createAccount(actor, { parentId: NONE } as NewAccountWish)],
];

async function statusOf(deed: Deed, actor: Actor): Promise<number | undefined> {
	try {
		await deed(actor);
		return undefined;
	} catch (error) {
		return error instanceof Response ? error.status : undefined;
	}
}

it.each(DEEDS)("%s needs %j", async (_name, needs, deed) => {
	const { admin } = actors;
	const rights = new Set([...admin.rights].filter((right) => !needs.includes(right)));
	expect(await statusOf(deed, { ...admin, rights }), "without it").toBe(403);
	expect(await statusOf(deed, admin), "with every right").not.toBe(403);
});

it.each(
	DEEDS.filter(([, needs]) => needs.every((right) => /campaigns\.(create|update|delete)/.test(right))).filter(
		([name]) => name !== "uploadsOf" && name !== "createAudience",
	),
)("%s is refused to whoever is limited to accounts below", async (_name, _needs, deed) => {
	const { dealer, client } = actors;
	expect(await statusOf(deed, { ...dealer, branches: [client.account.path] })).toBe(403);
	expect(await statusOf(deed, dealer)).not.toBe(403);
});

it("pasting numbers needs the right of a campaign form", async () => {
	const actor = { ...actors.client, rights: new Set<Right>(["campaigns.read"]) };
	expect(await statusOf((who) => createPastedAudience(who, "0671111111"), actor)).toBe(403);
});
