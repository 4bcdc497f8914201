import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { reload } from "./harness/reload.ts";
import { stage } from "./harness/story.ts";
import { countOf, textAt, words } from "./harness/words.ts";

const on = stage();

const label = (page: Page, key: string) => page.getByLabel(words("en", `accounts:${key}`), { exact: true });
const press = (page: Page, key: string) =>
	page.getByRole("button", { name: words("en", `accounts:${key}`), exact: true }).click();
const follow = (page: Page, key: string) =>
	page
		.locator("main")
		.getByRole("link", { name: words("en", `accounts:${key}`), exact: true })
		.click();
const idOf = (page: Page) => Number(/\/accounts\/(\d+)/.exec(page.url())?.[1]);

async function signInWith(page: Page, login: string, password: string): Promise<void> {
	await page.goto("/sign-in");
	await page.getByLabel(words("en", "auth:login"), { exact: true }).fill(login);
	await page.getByLabel(words("en", "auth:password"), { exact: true }).fill(password);
	await page.getByRole("button", { name: words("en", "auth:submit"), exact: true }).click();
}

/** Fills in the form of a new account, which is open. */
async function fillNew(page: Page, account: { login: string; name: string; password?: string; kind?: "dealer" }) {
	if (account.kind) await label(page, "kind.dealer_can").check();
	await label(page, "login").fill(account.login);
	await label(page, "name").fill(account.name);
	if (account.password) await label(page, "password").fill(account.password);
}

/** Makes an account below the signed-in person's own; resolves with its id. */
async function make(
	page: Page,
	cabinet: string,
	account: Parameters<typeof fillNew>[1],
	under?: number,
): Promise<number> {
	await page.goto(`/${cabinet}/accounts/new${under ? `?under=${under}` : ""}`);
	await fillNew(page, { password: "zebra-lamp-forty-2", ...account });
	await press(page, "new.submit");
	await page.waitForURL(/\/accounts\/\d+$/);
	return idOf(page);
}

describe("a dealer makes a client", () => {
	it("with contacts in rows that are added without a script, and a password that is shown once", async () => {
		const { page, mayAnswer } = await on.visit({ js: false, as: "dealer" });
		await page.goto("/dealer/accounts");
		await page.getByRole("link", { name: words("en", "lists:list.new"), exact: true }).click();
		await fillNew(page, { login: "Bakery.One", name: "Bakery" });
		await label(page, "city").fill("Lviv");
		await label(page, "contact.name").fill("Olena");
		await press(page, "contact.add");
		await label(page, "contact.name").nth(1).fill("Petro");
		await label(page, "contact.phone").nth(1).fill("no number");
		mayAnswer(422);
		await press(page, "new.submit");
		const summary = await textAt(page.getByRole("alert"));
		expect(summary).toContain(words("en", "accounts:error.phone"));
		expect(await label(page, "contact.name").nth(0).inputValue(), "what was typed is kept").toBe("Olena");
		expect(await label(page, "login").inputValue()).toBe("Bakery.One");
		await label(page, "contact.phone").nth(1).fill("067 222-33-44");
		// Enter in a field sends the form; it does not add a row.
		await label(page, "city").press("Enter");
		await page.getByText(words("en", "accounts:made.title")).waitFor();
		const password = await textAt(page.locator("main code"));
		await reload(page);
		expect(await textAt(page.locator("main code")), "sent twice: the same account and password").toBe(password);
		await follow(page, "made.done");
		const facts = await textAt(page.locator("dl.facts"));
		for (const fact of [String(idOf(page)), "bakery.one", "Lviv", "Olena", "Petro", "+380672223344"])
			expect(facts).toContain(fact);
		expect(await page.content()).not.toContain(password);

		const client = await on.visit({ js: false });
		await signInWith(client.page, "bakery.one", password);
		await client.page.waitForURL(/\/client\/campaigns$/);
	});

	it("a login that is taken, by letter case or by look-alike letters, is refused and nothing typed is lost", async () => {
		const { page, mayAnswer } = await on.visit({ js: false, as: "dealer" });
		mayAnswer(422);
		await page.goto("/dealer/accounts/new");
		for (const login of ["CLIENT2", "c1ient2"]) {
			await fillNew(page, { login, name: "Twin" });
			await press(page, "new.submit");
			expect(await textAt(page.getByRole("alert"))).toContain(words("en", "accounts:error.login_taken"));
			expect(await label(page, "name").inputValue()).toBe("Twin");
		}
	});

	it("nobody begins outside of the own branch", async () => {
		const { page, mayAnswer } = await on.visit({ js: false, as: "dealer" });
		mayAnswer(404, 403);
		const other = await on.visit({ js: false, as: "dealer2" });
		const foreign = await make(other.page, "dealer", { login: "foreign.one", name: "Foreign" });
		for (const path of [`accounts/new?under=${foreign}`, `accounts/${foreign}`, "accounts/new?under=999999"])
			expect((await page.goto(`/dealer/${path}`))?.status(), path).toBe(404);
	});
});

it("the admin makes a dealer and a client below it, and sees the way down", async () => {
	const { page } = await on.visit({ js: false, as: "admin" });
	const dealer = await make(page, "admin", { login: "west.dealer", name: "West Dealer", kind: "dealer" });
	await follow(page, "new.link");
	await fillNew(page, { login: "west.client", name: "West Client", password: "zebra-lamp-forty-2" });
	await press(page, "new.submit");
	await page.waitForURL(/\/accounts\/\d+$/);
	expect(idOf(page)).toBeGreaterThan(dealer);
	await page
		.getByRole("navigation", { name: words("en", "accounts:above") })
		.getByText("West Dealer")
		.click();
	expect(idOf(page)).toBe(dealer);
	await page.getByRole("link", { name: "West Client" }).click();
});

it("two edit at once: the second sees what changed, keeps what was typed, and saves on purpose", async () => {
	const admin = await on.visit({ js: false, as: "admin" });
	const { page, mayAnswer } = await on.visit({ js: false, as: "dealer" });
	mayAnswer(409, 422);
	const id = await make(page, "dealer", { login: "two.editors", name: "Before" });
	await follow(page, "deed.edit");
	await label(page, "name").fill("By the dealer");
	await admin.page.goto(`/admin/accounts/${id}/edit`);
	await label(admin.page, "name").fill("By the admin");
	await label(admin.page, "city").fill("Kharkiv");
	await press(admin.page, "edit.submit");
	await admin.page.waitForURL(/\/accounts\/\d+$/);
	await press(page, "edit.submit");
	expect(await textAt(page.getByRole("alert"))).toContain(words("en", "accounts:stale.edit"));
	const changed = page.locator(".changed");
	expect(await textAt(changed.nth(0))).toMatch(/Head office[\s\S]*Before[\s\S]*By the admin/);
	expect(await label(page, "name").inputValue(), "typed").toBe("By the dealer");
	expect(await label(page, "city").inputValue(), "not touched").toBe("Kharkiv");
	// Not even a mistake on the way loses the warning's version.
	await label(page, "time_zone").fill("Mars");
	await press(page, "edit.anyway");
	expect(await textAt(page.getByRole("alert"))).toContain(words("en", "accounts:error.time_zone"));
	await label(page, "time_zone").fill("Kyiv");
	await press(page, "edit.submit");
	await page.waitForURL(/\/accounts\/\d+$/);
	const facts = await textAt(page.locator("main"));
	for (const fact of ["By the dealer", "Kharkiv", "Europe/Kyiv"]) expect(facts).toContain(fact);
});

it("a new password for a client: signed out everywhere, told of it, and only the new one opens", async () => {
	const { page } = await on.visit({ js: false, as: "dealer" });
	const id = await make(page, "dealer", { login: "forgetful", name: "Forgetful" });
	const client = await on.visit({ js: false });
	client.mayAnswer(422);
	await signInWith(client.page, "forgetful", "zebra-lamp-forty-2");
	await page.goto(`/dealer/accounts/${id}`);
	await follow(page, "deed.password");
	await press(page, "password_new.submit");
	const password = await textAt(page.locator("main code"));
	await client.page.goto("/client/campaigns");
	expect(new URL(client.page.url()).pathname, "signed out").toBe("/sign-in");
	await signInWith(client.page, "forgetful", "zebra-lamp-forty-2");
	expect(await textAt(client.page.getByRole("alert"))).toContain(words("en", "auth:error.wrong"));
	await signInWith(client.page, "forgetful", password);
	await client.page.waitForURL(/\/client\/campaigns$/);
	await reload(page);
	expect(await textAt(page.locator("main code")), "a reload makes no other").toBe(password);
	await reload(client.page);
	expect(new URL(client.page.url()).pathname, "and signs nobody out").toBe("/client/campaigns");
});

it("a client is raised to dealer while it is signed in, makes a client, and is lowered once it has no branch", async () => {
	const { page } = await on.visit({ js: false, as: "dealer" });
	const id = await make(page, "dealer", { login: "rising", name: "Rising" });
	const client = await on.visit({ js: false });
	await signInWith(client.page, "rising", "zebra-lamp-forty-2");
	await client.page.waitForURL(/\/client\/campaigns$/);
	await page.goto(`/dealer/accounts/${id}`);
	await follow(page, "deed.raise");
	await press(page, "raise.submit");
	await page.waitForURL(/\/accounts\/\d+$/);
	expect(await textAt(page.locator(".head").first())).toContain(words("en", "accounts:kind.dealer"));
	await reload(client.page);
	expect(new URL(client.page.url()).pathname, "led to the other cabinet").toBe("/dealer/accounts");
	const stranger = await make(client.page, "dealer", { login: "rising.client", name: "Rising's client" });
	await page.goto(`/dealer/accounts/${id}/kind`);
	expect(await textAt(page.getByRole("alert"))).toContain(words("en", "accounts:error.has_branch"));
	expect(await countOf(page.getByRole("button", { name: words("en", "accounts:lower.submit") }))).toBe(0);
	// The first dealer reaches what stands below the raised one; a dealer beside does not.
	await page.goto(`/dealer/accounts/${stranger}`);
	expect(await textAt(page.getByRole("navigation", { name: words("en", "accounts:above") }))).toContain("Rising");
	const other = await on.visit({ js: false, as: "dealer2" });
	other.mayAnswer(404);
	for (const below of ["", "/edit", "/kind", "/password"])
		expect((await other.page.goto(`/dealer/accounts/${stranger}${below}`))?.status(), below).toBe(404);
});

it("a dealer decides which sender names its client writes under", async () => {
	const { page, mayAnswer } = await on.visit({ js: false, as: "dealer" });
	mayAnswer(422);
	const id = await make(page, "dealer", { login: "named", name: "Named" });
	const client = await on.visit({ js: false });
	await signInWith(client.page, "named", "zebra-lamp-forty-2");
	const offered = async () => {
		await client.page.goto("/client/campaigns/new");
		return textAt(client.page.locator("main"));
	};
	await page.goto(`/dealer/accounts/${id}`);
	await follow(page, "deed.senders");
	await label(page, "senders_page.name").fill("Лавка");
	await label(page, "senders_page.channel").selectOption("sms");
	await press(page, "senders_page.submit");
	expect(await textAt(page.getByRole("alert"))).toContain(words("en", "accounts:error.sender_sms"));
	await label(page, "senders_page.name").fill("NamedShop");
	// The form offers names on channels that are in service: the demo's is Viber.
	await label(page, "senders_page.channel").selectOption("viber");
	await press(page, "senders_page.submit");
	expect(await offered()).toContain("NamedShop");
	await page.getByRole("button", { name: new RegExp(words("en", "accounts:senders_page.remove")) }).click();
	await page.waitForURL(/\/senders$/);
	expect(await offered()).not.toContain("NamedShop");
});

it("a right that a dealer takes from its client is gone at once, and no forged form gives what the dealer lacks", async () => {
	const { page } = await on.visit({ js: false, as: "dealer" });
	const id = await make(page, "dealer", { login: "limited", name: "Limited" });
	const client = await on.visit({ js: false });
	client.mayAnswer(403);
	await signInWith(client.page, "limited", "zebra-lamp-forty-2");
	await page.goto(`/dealer/accounts/${id}`);
	await follow(page, "deed.rights");
	expect(await countOf(page.locator('input[value="providers.read"]')), "not the dealer's to give").toBe(0);
	await page.locator('input[value="campaigns.create"]').uncheck();
	// What is not offered is sent all the same.
	await page.locator('input[value="money.read"]').evaluate((box) => box.setAttribute("value", "providers.read"));
	await press(page, "rights_page.submit");
	await page.waitForURL(/\/accounts\/\d+$/);
	expect((await client.page.goto("/client/campaigns/new"))?.status()).toBe(403);
	const link = client.page.getByRole("link", { name: words("en", "common:menu.new_campaign"), exact: true });
	await client.page.goto("/client/campaigns");
	expect(await countOf(link)).toBe(0);
	await page.goto(`/dealer/accounts/${id}/rights`);
	expect(await page.locator('input[value="campaigns.create"]').isChecked()).toBe(false);
	await page.locator('input[value="campaigns.create"]').check();
	await press(page, "rights_page.submit");
	expect((await client.page.goto("/client/campaigns/new"))?.status()).toBe(200);
});
