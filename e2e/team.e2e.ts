import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { accountIdOf, inBooks } from "./harness/books.ts";
import { compose, sendCampaign, untilState } from "./harness/campaign.ts";
import { cued } from "./harness/numbers.ts";
import type { Cabinet } from "./harness/scenes.ts";
import type { Login } from "./harness/sign-in.ts";
import { stage } from "./harness/story.ts";
import { crawl, fillInRole, makeEmployee, makeRole, menuOf, postForm, signInAs } from "./harness/team.ts";
import { countOf, textAt, words } from "./harness/words.ts";

const on = stage();
const say = (key: string, values?: Record<string, string>) => words("en", `team:${key}`, values);
const menu = (key: string) => words("en", `common:menu.${key}`);
const pathOf = (page: Page) => new URL(page.url()).pathname;
const statusOf = async (page: Page, path: string) => (await page.goto(path))?.status();

const PASSWORD = "quiet-lantern-over-47-rivers";
const GOOD = cued("991001", 5);
/** Typed so, and not understood: whoever sees no numbers must not see these either. */
const BAD = ["+999 123 456 789 01", "0671234567 0671234567890123"];

/** What the client has: a campaign that is done, and a draft with numbers that were not understood. */
const has = { done: 0, draft: 0, dealersOwn: 0 };

beforeAll(async () => {
	const { page } = await on.visit({ js: false, as: "client" });
	has.done = await sendCampaign(page, { name: "Spring", text: "Hello", numbers: GOOD });
	await untilState(page, "done");
	has.draft = await compose(page, { name: "Autumn", text: "Not yet", numbers: [...GOOD, ...BAD] });
	const dealer = await on.visit({ js: false, as: "dealer" });
	has.dealersOwn = await compose(dealer.page, { name: "Own", text: "Own", numbers: GOOD }, "dealer");
	await on.endVisits();
});

/** Makes a person with a role of the cabinet's own, and signs it in at another browser. */
async function hire(cabinet: Cabinet, login: string, role: string, as: Login = cabinet) {
	const owner = await on.visit({ js: false, as });
	const made = await makeEmployee(owner.page, cabinet, { login, name: `Person ${login}`, role, password: PASSWORD });
	const visit = await on.visit({ js: false });
	await signInAs(visit.page, login, PASSWORD);
	await visit.page.waitForURL(/\/(client|dealer|admin)\//);
	return { ...visit, owner: owner.page, id: made.id };
}

describe("the owner makes a role of each template", () => {
	it.each([
		["client", "support", ["campaigns", "stops", "settings"], ["campaigns/new", "team", "audit"]],
		[
			"client",
			"accountant",
			["campaigns", "money", "spending", "bills", "prices", "audit", "settings"],
			["campaigns/new", "team"],
		],
		[
			"client",
			"campaign_manager",
			["campaigns", "new_campaign", "stops", "money", "spending", "bills", "prices", "settings"],
			["team", "audit"],
		],
		[
			"dealer",
			"support",
			["accounts", "tree", "campaigns", "stops", "settings"],
			["accounts/new", "campaigns/new", "team"],
		],
		[
			"admin",
			"campaign_manager",
			["campaigns", "new_campaign", "stops", "money", "revenue", "bills", "prices", "settings"],
			["accounts", "providers", "team"],
		],
	] as const)(
		"%s: %s, who signs in, sees only that, and is refused the rest",
		async (cabinet, template, seen, refused) => {
			const owner = await on.visit({ js: false, as: cabinet });
			await makeRole(owner.page, cabinet, template, { name: `${template} of ${cabinet}` });
			const { page, mayAnswer } = await hire(
				cabinet,
				`${cabinet}.${template.replace("_", "-")}`,
				`${template} of ${cabinet}`,
			);
			mayAnswer(403);
			expect(await menuOf(page)).toEqual(seen.map(menu));
			expect(pathOf(page)).toBe(`/${cabinet}/${seen[0]}`);
			for (const path of refused) expect(await statusOf(page, `/${cabinet}/${path}`), path).toBe(403);
			// Nothing that the pages offer is refused.
			for (const { path, status } of await crawl(page, `/${cabinet}`)) expect(status, path).toBe(200);
		},
	);
});

it("a made password is shown once, and signs in", async () => {
	const { page } = await on.visit({ js: false, as: "client" });
	await makeRole(page, "client", "support", { name: "Helpers" });
	const { id, password } = await makeEmployee(page, "client", { login: "olena", name: "Olena", role: "Helpers" });
	expect(password).toMatch(/^[A-Za-z2-9]{20}$/);
	for (const path of ["", "/password", "/edit"]) {
		await page.goto(`/client/team/${id}${path}`);
		expect(await page.content()).not.toContain(password);
	}
	const olena = await on.visit({ js: false });
	await signInAs(olena.page, "olena", password);
	expect(pathOf(olena.page)).toBe("/client/campaigns");
	// A new password ends her session; blocking her, and removing her, too.
	await page.goto(`/client/team/${id}/password`);
	await page.getByRole("button", { name: say("password_new.submit"), exact: true }).click();
	const next = await textAt(page.locator("main code"));
	await olena.page.goto("/client/campaigns");
	expect(pathOf(olena.page)).toBe("/sign-in");
	await signInAs(olena.page, "olena", next);
	await page.goto(`/client/team/${id}`);
	await page.getByRole("link", { name: say("block.title"), exact: true }).click();
	await page.getByRole("button", { name: say("block.submit"), exact: true }).click();
	expect(await textAt(page.locator("main .head .status"))).toBe(say("state.blocked"));
	await olena.page.goto("/client/campaigns");
	expect(pathOf(olena.page)).toBe("/sign-in");
	await page.getByRole("button", { name: say("unblock"), exact: true }).click();
	expect(await textAt(page.locator("main .head .status"))).toBe(say("state.active"));
	await page.getByRole("link", { name: say("remove.title"), exact: true }).click();
	await page.getByRole("button", { name: say("remove.submit"), exact: true }).click();
	expect(pathOf(page)).toBe("/client/team");
	expect(await textAt(page.locator("main"))).not.toContain("Olena");
	olena.mayAnswer(401, 422);
	await signInAs(olena.page, "olena", next);
	expect(pathOf(olena.page)).toBe("/sign-in");
});

it("what is wrong with a new employee is said beside its field, and what was typed stays", async () => {
	const { page, mayAnswer } = await on.visit({ js: false, as: "client2" });
	mayAnswer(422);
	await makeRole(page, "client", "support");
	for (const [login, password, error] of [
		["adrnin", PASSWORD, "team:error.login_taken"],
		["natalia", "password1234", "settings:password.error.easy"],
		["natalia", "natalia-and-more", "settings:password.error.has_login"],
	] as const) {
		await page.goto("/client/team/new");
		await page.getByLabel(say("login"), { exact: true }).fill(login);
		await page.getByLabel(say("name"), { exact: true }).fill("Наталія");
		await page.getByLabel(words("en", "accounts:password"), { exact: true }).fill(password);
		await page.getByRole("button", { name: say("new.submit"), exact: true }).click();
		expect(await textAt(page.getByRole("alert"))).toContain(words("en", error));
		expect(await page.getByLabel(say("name"), { exact: true }).inputValue()).toBe("Наталія");
	}
});

it("whoever is limited to one client reaches that one alone", async () => {
	const [client, client2] = [accountIdOf(on.app, "client"), accountIdOf(on.app, "client2")];
	const owner = await on.visit({ js: false, as: "dealer" });
	await makeRole(owner.page, "dealer", "support", { name: "One client", only: ["client"] });
	const { page, mayAnswer } = await hire("dealer", "one-client", "One client");
	mayAnswer(404, 403);
	expect(await menuOf(page)).toEqual([menu("accounts"), menu("tree"), menu("settings")]);
	const pages = await crawl(page, "/dealer");
	for (const { path, status } of pages) expect(status, path).toBe(200);
	expect(pages.map(({ path }) => path)).toContain(`/dealer/campaigns/${has.done}/messages`);
	expect(pages.map(({ path }) => path)).toContain(`/dealer/accounts/${client}/campaigns`);
	for (const path of [
		`accounts/${client2}`,
		`accounts/${client2}/campaigns`,
		`accounts/${accountIdOf(on.app, "dealer")}/campaigns`,
		"campaigns",
		`campaigns/${has.dealersOwn}`,
		`campaigns/${has.dealersOwn}/review`,
		"campaigns/987654",
	])
		expect(await statusOf(page, `/dealer/${path}`), path).toBe(404);
});

describe("who may not see numbers", () => {
	/** Every run of digits that is a whole number, as it is stored or as it was typed. */
	const whole = [...GOOD, ...BAD].flatMap((number) => [number, number.replace(/\D/g, "")]);

	async function expectNone(page: Page, cabinet: string, mustSee: string[]) {
		const pages = await crawl(page, `/${cabinet}`, mustSee);
		for (const path of mustSee) expect(pages.find((one) => one.path === path)?.status, path).toBe(200);
		for (const { path, html } of pages)
			for (const number of whole) expect(html.includes(number), `${number} on ${path}`).toBe(false);
		return pages;
	}

	it("sees none on any page of the own account, and of an account below", async () => {
		const owner = await on.visit({ js: false, as: "client" });
		await makeRole(owner.page, "client", "campaign_manager", { name: "Blind", rights: { "numbers.read": false } });
		const own = [`${has.done}/messages`, `${has.draft}/review`, `${has.draft}/edit`].map(
			(at) => `/client/campaigns/${at}`,
		);
		const blind = await hire("client", "blind", "Blind");
		const pages = await expectNone(blind.page, "client", own);
		expect(pages.find(({ path }) => path === own[0])?.html).toContain("•••••01");
		expect(pages.find(({ path }) => path === own[1])?.html).toContain("•••");

		await makeRole((await on.visit({ js: false, as: "dealer" })).page, "dealer", "support", { name: "Desk" });
		const desk = await hire("dealer", "desk", "Desk");
		await expectNone(desk.page, "dealer", [`/dealer/campaigns/${has.done}/messages`]);
	});

	it("goes on with a draft whose numbers it does not see", async () => {
		const owner = await on.visit({ js: false, as: "client" });
		await makeRole(owner.page, "client", "campaign_manager", { name: "Hands", rights: { "numbers.read": false } });
		const { page } = await hire("client", "hands", "Hands");
		const id = await compose(page, { name: "By hands", text: "One", numbers: GOOD });
		await page.goto(`/client/campaigns/${id}/edit`);
		await page.getByLabel(words("en", "campaigns:form.text"), { exact: true }).fill("Two");
		await page.getByRole("button", { name: words("en", "campaigns:form.submit"), exact: true }).click();
		await page.locator('button[value="start"]').click();
		await untilState(page, "done");
	});

	it("while the owner sees them whole", async () => {
		const { page } = await on.visit({ js: false, as: "client" });
		await page.goto(`/client/campaigns/${has.done}/messages`);
		expect(await page.content()).toContain(GOOD[0]!);
	});
});

it("a right that is withdrawn from the account is gone for the employee, and struck out in the role", async () => {
	const owner = await on.visit({ js: false, as: "client3" });
	const roleId = await makeRole(owner.page, "client", "campaign_manager", { name: "Writer" });
	const { page, mayAnswer } = await hire("client", "writer", "Writer", "client3");
	expect(await menuOf(page)).toContain(menu("new_campaign"));
	const left = JSON.stringify(["campaigns.read", "campaigns.update", "employees.read", "employees.update"]);
	inBooks(on.app, "UPDATE accounts SET grants = ? WHERE owner_login = 'client3'", left);
	mayAnswer(403);
	expect(await statusOf(page, "/client/campaigns/new")).toBe(403);
	await page.goto("/client/campaigns");
	expect(await menuOf(page)).toEqual([menu("campaigns"), menu("settings")]);
	await owner.page.goto(`/client/team/roles/${roleId}`);
	expect(await textAt(owner.page.locator("main"))).toContain(say("rights.lost"));
	expect(await owner.page.locator('input[value="campaigns.create"]').isDisabled()).toBe(true);
	await owner.page.getByRole("button", { name: say("role.submit"), exact: true }).click();
	await owner.page.waitForURL(/\/team\/roles$/);
	inBooks(on.app, "UPDATE accounts SET grants = NULL WHERE owner_login = 'client3'");
	expect(await statusOf(page, "/client/campaigns/new"), "it comes back with the account's").toBe(200);
});

it("of two who change a role at once, the second sees what changed and keeps what was typed", async () => {
	const [first, second] = [await on.visit({ js: false, as: "dealer" }), await on.visit({ js: false, as: "dealer" })];
	const id = await makeRole(first.page, "dealer", "support", { name: "Both" });
	for (const { page } of [first, second]) await page.goto(`/dealer/team/roles/${id}`);
	const save = (page: Page) => page.getByRole("button", { name: say("role.submit"), exact: true }).click();
	await fillInRole(first.page, { rights: { "audit.read": true }, only: ["client"] });
	await save(first.page);
	await first.page.waitForURL(/\/team\/roles$/);
	second.mayAnswer(409);
	await fillInRole(second.page, { name: "Both of us" });
	await save(second.page);
	const said = await textAt(second.page.getByRole("alert"));
	expect(said).toContain(words("en", "team:error.changed"));
	expect(said).toContain(say("now.has", { right: `${say("module.audit")}: ${say("verb.read")}` }));
	expect(said).toContain(say("now.only", { now: "client" }));
	expect(await second.page.getByLabel(say("role.name"), { exact: true }).inputValue()).toBe("Both of us");
	await save(second.page);
	await second.page.waitForURL(/\/team\/roles$/);
	expect(inBooks(on.app, "SELECT name, only_account_ids FROM roles WHERE id = ?", id)).toEqual([
		{ name: "Both of us", only_account_ids: null },
	]);
});

describe("a forged form", () => {
	it("reaches no other account's people, roles or accounts", async () => {
		const { page, mayAnswer } = await on.visit({ js: false, as: "dealer2" });
		mayAnswer(404, 422);
		const foreign = await on.visit({ js: false, as: "dealer" });
		const role = await makeRole(foreign.page, "dealer", "support", { name: "Foreign" });
		const wish = { login: "foreigner", name: "F", role: "Foreign", password: PASSWORD };
		const { id } = await makeEmployee(foreign.page, "dealer", wish);
		const own = await makeRole(page, "dealer", "support", { name: "Own" });
		const made = await makeEmployee(page, "dealer", { ...wish, login: "own-one", role: "Own" });
		for (const path of ["", "/edit", "/password", "/block", "/remove"])
			expect(await statusOf(page, `/dealer/team/${id}${path}`), path).toBe(404);
		for (const path of ["", "/delete"]) expect(await statusOf(page, `/dealer/team/roles/${role}${path}`)).toBe(404);
		const facts = { name: "F", version: "1", formKey: "k" };
		const post = (path: string, form: Record<string, string>) => postForm(page, `/dealer/team/${path}`, form);
		expect((await post("new", { ...facts, login: "third", password: PASSWORD, roleId: String(role) })).status()).toBe(
			404,
		);
		expect((await post(`${made.id}/edit`, { ...facts, roleId: String(role) })).status()).toBe(404);
		for (const path of [`${id}/edit`, `${id}/password`, `${id}/block`, `${id}/remove`, `${id}?index`])
			expect((await post(path, { ...facts, roleId: String(own), password: PASSWORD })).status(), path).toBe(404);
		const answer = await post("roles/new", { name: "Far", reach: "only", only: "client, nobody-at-all" });
		expect(answer.status()).toBe(422);
		expect(await answer.text()).toContain(
			words("en", "team:error.accounts_unknown", { names: "client, nobody-at-all" }),
		);
	});

	it("of a manager of people gives nobody more than the manager has", async () => {
		const owner = await on.visit({ js: false, as: "dealer" });
		const rights = { "employees.create": true, "employees.update": true, "employees.delete": true };
		const lead = await makeRole(owner.page, "dealer", "support", { name: "Lead", rights });
		const big = await makeRole(owner.page, "dealer", "campaign_manager", { name: "Big" });
		const boss = await makeEmployee(owner.page, "dealer", {
			login: "boss",
			name: "B",
			role: "Big",
			password: PASSWORD,
		});
		const { page, id, mayAnswer } = await hire("dealer", "lead", "Lead");
		mayAnswer(403, 422);
		const facts = { name: "B", version: "1", formKey: "k", password: PASSWORD };
		const post = async (path: string, form: Record<string, string>) =>
			(await postForm(page, `/dealer/team/${path}`, form)).status();
		expect(await post("roles/new", { name: "Up", rights: "numbers.read" })).toBe(422);
		expect(await post("new", { ...facts, login: "upper", roleId: String(big) })).toBe(422);
		expect(await post(`roles/${lead}?index`, { name: "Lead", version: "1" }), "its own role").toBe(403);
		expect(await post(`roles/${big}?index`, { name: "Big", version: "1" })).toBe(403);
		for (const who of [id, boss.id])
			for (const deed of ["edit", "password", "block", "remove"])
				expect(await post(`${who}/${deed}`, { ...facts, roleId: String(lead) }), `${deed} of ${who}`).toBe(403);
		const ownerId = inBooks<{ id: number }>(on.app, "SELECT id FROM users WHERE login = 'dealer'")[0]!.id;
		expect(await post(`${ownerId}/password`, facts), "an owner").toBe(404);
		for (const { path, status } of await crawl(page, "/dealer")) expect(status, path).toBe(200);
	});
});

it("who has entered the cabinet from outside looks at the team and changes nothing", async () => {
	const { page, mayAnswer } = await on.visit({ js: false });
	await signInAs(page, "dealer", "demo-dealer-2026");
	const client = accountIdOf(on.app, "client");
	await page.goto(`/dealer/accounts/${client}/enter`);
	await page.getByLabel(words("en", "enter:reason"), { exact: true }).fill("They rang");
	await page.getByRole("button", { name: words("en", "enter:action"), exact: true }).click();
	await page.goto("/client/team");
	expect(await countOf(page.getByRole("link", { name: say("new.title"), exact: true }))).toBe(0);
	for (const { path, status } of await crawl(page, "/client")) expect(status, path).toBe(200);
	mayAnswer(403);
	expect(await statusOf(page, "/client/team/new")).toBe(403);
	const answer = await postForm(page, `/client/team/roles/new?for=${client}`, {
		name: "Sly",
		rights: "campaigns.read",
	});
	expect(answer.status()).toBe(403);
	expect(inBooks(on.app, "SELECT id FROM roles WHERE name = 'Sly'")).toEqual([]);
});
