import { beforeEach, expect, it } from "vitest";
import { createAccount, type NewAccountWish } from "#app/modules/accounts/create-account.server.ts";
import { editAccountFrame } from "#app/modules/accounts/edit-account-frame.server.ts";
import { getAccountPage } from "#app/modules/accounts/get-account-page.server.ts";
import { getKindPage } from "#app/modules/accounts/get-kind-page.server.ts";
import { getRightsPage } from "#app/modules/accounts/get-rights-page.server.ts";
import { getSendersPage } from "#app/modules/accounts/get-senders-page.server.ts";
import { lowerAccount } from "#app/modules/accounts/lower-account.server.ts";
import { raiseAccount } from "#app/modules/accounts/raise-account.server.ts";
import { saveAccount } from "#app/modules/accounts/save-account.server.ts";
import { saveSender } from "#app/modules/accounts/save-sender.server.ts";
import { setAccountPassword } from "#app/modules/accounts/set-account-password.server.ts";
import { setAccountRights } from "#app/modules/accounts/set-account-rights.server.ts";
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
import { blockEmployee } from "#app/modules/team/block-employee.server.ts";
import { createEmployee } from "#app/modules/team/create-employee.server.ts";
import { createRole } from "#app/modules/team/create-role.server.ts";
import { deleteRole } from "#app/modules/team/delete-role.server.ts";
import { getEmployeeDeed } from "#app/modules/team/get-employee-deed.server.ts";
import { getEmployeePage } from "#app/modules/team/get-employee-page.server.ts";
import { getRoleDeed } from "#app/modules/team/get-role-deed.server.ts";
import { getRolePage, newRoleFrame } from "#app/modules/team/get-role-page.server.ts";
import { listEmployees } from "#app/modules/team/list-employees.server.ts";
import { listRoles } from "#app/modules/team/list-roles.server.ts";
import { newEmployeeFrame } from "#app/modules/team/new-employee-frame.server.ts";
import { removeEmployee } from "#app/modules/team/remove-employee.server.ts";
import { saveEmployee } from "#app/modules/team/save-employee.server.ts";
import { saveEmployeePassword } from "#app/modules/team/save-employee-password.server.ts";
import { saveNewEmployee } from "#app/modules/team/save-new-employee.server.ts";
import { saveRole } from "#app/modules/team/save-role.server.ts";
import { setEmployeePassword } from "#app/modules/team/set-employee-password.server.ts";
import { unblockEmployee } from "#app/modules/team/unblock-employee.server.ts";
import { updateEmployee } from "#app/modules/team/update-employee.server.ts";
import { updateRole } from "#app/modules/team/update-role.server.ts";
import { testBooks } from "#db/testing/books.ts";
import { readBooks, type Tx } from "#db/tx.ts";
import { testWire } from "#jobs/testing/wire.ts";
import type { Actor } from "./actor.ts";
import type { Right } from "./rights.ts";
import { type Actors, makeActors } from "./testing/make-actors.ts";

await testWire();
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

const role = { name: "a", rights: new Set<Right>(), only: null };
const person = { name: "a", email: "", phone: "", roleId: NONE };

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
	["saveAccount", ["accounts.update"], (actor) => saveAccount(actor, NONE, new FormData(), "en")],
	["editAccountFrame", ["accounts.update"], reading((tx, actor) => editAccountFrame(tx, actor, NONE, "en"))],
	["saveSender", ["accounts.update"], (actor) => saveSender(actor, NONE, new FormData())],
	["getSendersPage", ["accounts.update"], reading((tx, actor) => getSendersPage(tx, actor, NONE))],
	["setAccountRights", ["accounts.update"], (actor) => setAccountRights(actor, NONE, 1, [])],
	["getRightsPage", ["accounts.update"], reading((tx, actor) => getRightsPage(tx, actor, NONE))],
	["setAccountPassword", ["accounts.update"], (actor) => setAccountPassword(actor, NONE, "")],
	["raiseAccount", ["accounts.update"], (actor) => raiseAccount(actor, NONE, 1)],
	["lowerAccount", ["accounts.update"], (actor) => lowerAccount(actor, NONE, 1)],
	["getKindPage", ["accounts.update"], reading((tx, actor) => getKindPage(tx, actor, NONE))],
	["createAccount", ["accounts.create"], (actor) => createAccount(actor, { parentId: NONE } as NewAccountWish)],
	["listEmployees", ["employees.read"], reading((tx, actor) => listEmployees(tx, actor, {}))],
	["getEmployeePage", ["employees.read"], reading((tx, actor) => getEmployeePage(tx, actor, NONE))],
	["listRoles", ["employees.read"], reading((tx, actor) => listRoles(tx, actor))],
	["getRolePage", ["employees.read"], reading((tx, actor) => getRolePage(tx, actor, NONE))],
	["newRoleFrame", ["employees.create"], (actor) => newRoleFrame(actor, undefined)],
	["newEmployeeFrame", ["employees.create"], reading((tx, actor) => newEmployeeFrame(tx, actor))],
	["createRole", ["employees.create"], (actor) => createRole(actor, role)],
	["saveRole of a new one", ["employees.create"], (actor) => saveRole(actor, undefined, new FormData())],
	["createEmployee", ["employees.create"], (actor) => createEmployee(actor, { ...person, login: "n", password: "p" })],
	["saveNewEmployee", ["employees.create"], (actor) => saveNewEmployee(actor, new FormData())],
	["updateRole", ["employees.update"], (actor) => updateRole(actor, NONE, 1, role)],
	["saveRole", ["employees.update"], (actor) => saveRole(actor, NONE, new FormData())],
	["updateEmployee", ["employees.update"], (actor) => updateEmployee(actor, NONE, 1, person)],
	["saveEmployee", ["employees.update"], (actor) => saveEmployee(actor, NONE, new FormData())],
	["setEmployeePassword", ["employees.update"], (actor) => setEmployeePassword(actor, NONE, "p")],
	["saveEmployeePassword", ["employees.update"], (actor) => saveEmployeePassword(actor, NONE, new FormData())],
	["blockEmployee", ["employees.update"], (actor) => blockEmployee(actor, NONE, 1)],
	["unblockEmployee", ["employees.update"], (actor) => unblockEmployee(actor, NONE, 1)],
	[
		"getEmployeeDeed",
		["employees.update"],
		reading((tx, actor) => getEmployeeDeed(tx, actor, NONE, "employees.update")),
	],
	["removeEmployee", ["employees.delete"], (actor) => removeEmployee(actor, NONE, 1)],
	["deleteRole", ["employees.delete"], (actor) => deleteRole(actor, NONE, 1)],
	["getRoleDeed", ["employees.delete"], reading((tx, actor) => getRoleDeed(tx, actor, NONE))],
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
