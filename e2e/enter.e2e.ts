import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { inBooks } from "./harness/books.ts";
import { fillIn, submitForm } from "./harness/campaign.ts";
import { findViolations } from "./harness/find-violations.ts";
import { cued } from "./harness/numbers.ts";
import { type Login, signIn } from "./harness/sign-in.ts";
import { stage } from "./harness/story.ts";
import { weighPage } from "./harness/weigh-page.ts";
import { countOf, textAt, words } from "./harness/words.ts";

const on = stage();
const say = (key: string, values?: Record<string, string>) => words("en", `enter:${key}`, values);

/** Somebody at a browser of their own, without JavaScript, with a session that is nobody else's. */
async function visit(login: Login) {
	const visit = await on.visit({ js: false });
	await signIn(visit.page, login);
	return visit;
}

const idOf = (login: Login) =>
	inBooks<{ id: number }>(on.app, "SELECT id FROM accounts WHERE owner_login = ?", login)[0]!.id;
const banner = (page: Page) => page.locator("aside.inside");
const pathOf = (page: Page) => new URL(page.url()).pathname;

/** From the page that stands now, which is one of a cabinet above the account. */
async function enter(page: Page, login: Login, how: { minutes?: string; look?: boolean } = {}): Promise<void> {
	const cabinet = pathOf(page).split("/")[1];
	await page.goto(`/${cabinet}/accounts/${idOf(login)}/enter`);
	await page.getByLabel(say("reason"), { exact: true }).fill("They rang: a number is wrong");
	await page.getByLabel(say("minutes"), { exact: true }).fill(how.minutes ?? "30");
	if (how.look) await page.getByLabel(say("mode_look"), { exact: true }).check();
	await page.getByRole("button", { name: say("action"), exact: true }).click();
	await banner(page).waitFor();
}

async function leave(page: Page): Promise<void> {
	await banner(page).getByRole("button").click();
}

it("an administrator enters a dealer, from there a client, and comes back one by one", async () => {
	const { page } = await visit("admin");
	await enter(page, "dealer");
	expect(pathOf(page)).toBe("/dealer/accounts");
	expect(await textAt(banner(page))).toContain(say("banner.where", { name: "North Dealer" }));
	await enter(page, "client");
	expect(pathOf(page)).toBe("/client/campaigns");
	const said = await textAt(banner(page));
	expect(said).toContain(say("banner.where", { name: "Corner Shop" }));
	expect(said).toContain(say("banner.who", { home: "Head office" }));
	await page.goto("/client/campaigns/new");
	await leave(page);
	expect(pathOf(page)).toBe(`/dealer/accounts/${idOf("client")}`);
	await leave(page);
	expect(pathOf(page)).toBe(`/admin/accounts/${idOf("dealer")}`);
	expect(await countOf(banner(page))).toBe(0);
	const levels = inBooks(
		on.app,
		"SELECT outer_id IS NULL AS isOuter, ended_at_utc > 0 AS hasEnded FROM impersonations",
	);
	expect(levels).toEqual([
		{ isOuter: 1, hasEnded: 1 },
		{ isOuter: 0, hasEnded: 1 },
	]);
});

it("what is missing or out of bounds is said beside its field, and what was typed stays", async () => {
	const { page, mayAnswer } = await visit("dealer");
	mayAnswer(422, 404);
	await page.goto(`/dealer/accounts/${idOf("client")}/enter`);
	await page.getByLabel(say("minutes"), { exact: true }).fill("61");
	await page.getByRole("button", { name: say("action"), exact: true }).click();
	const alert = await textAt(page.getByRole("alert"));
	expect(alert).toContain(say("error.reason"));
	expect(alert).toContain(say("error.minutes", { min: "5", max: "60" }));
	expect(await page.getByLabel(say("minutes"), { exact: true }).inputValue()).toBe("61");
	for (const login of ["client3", "admin", "dealer"] as const)
		expect((await page.goto(`/dealer/accounts/${idOf(login)}/enter`))?.status(), login).toBe(404);
});

it("who came only to look changes nothing, reads why, and can leave", async () => {
	const { page, mayAnswer } = await visit("dealer");
	mayAnswer(403);
	await enter(page, "client", { look: true });
	expect(await textAt(banner(page))).toContain(say("banner.read_only"));
	await page.goto("/client/campaigns/new");
	await fillIn(page, { name: "Not to be", text: "Hello", numbers: cued("991001", 1) });
	await submitForm(page);
	expect(await textAt(page.locator("h1"))).toBe(say("refusal.read_only.title"));
	expect(inBooks(on.app, "SELECT id FROM campaigns WHERE name = 'Not to be'")).toEqual([]);
	await leave(page);
	expect(pathOf(page)).toBe(`/dealer/accounts/${idOf("client")}`);
});

it("when the time is over the next page is outside and says so until it was read", async () => {
	const { page, mayAnswer } = await visit("dealer");
	mayAnswer(409);
	await enter(page, "client");
	await page.goto("/client/campaigns/new");
	await fillIn(page, { name: "Too late", text: "Hello", numbers: cued("991001", 1) });
	inBooks(on.app, "UPDATE impersonations SET ends_at_utc = ? WHERE ended_at_utc IS NULL", Date.now() - 1);
	await submitForm(page);
	expect(await textAt(page.locator("h1"))).toBe(say("refusal.other_cabinet.title"));
	expect(inBooks(on.app, "SELECT id FROM campaigns WHERE name = 'Too late'")).toEqual([]);
	await page.goto("/client/campaigns/new");
	expect(pathOf(page)).toBe("/dealer/accounts");
	expect(await textAt(banner(page))).toContain(say("banner.over", { name: "Corner Shop" }));
	await leave(page);
	expect(pathOf(page)).toBe(`/dealer/accounts/${idOf("client")}`);
	expect(await countOf(banner(page))).toBe(0);
});

it("a form of a page that was opened in another cabinet does nothing, in whichever direction", async () => {
	// A dealer below the dealer: the addresses of both cabinets are the same.
	inBooks(on.app, "UPDATE accounts SET kind = 'dealer' WHERE owner_login = 'client2'");
	const { page, context, mayAnswer } = await visit("dealer");
	mayAnswer(409);
	const second = await context.newPage();
	const open = async (tab: Page, name: string) => {
		await tab.goto("/dealer/campaigns/new");
		await fillIn(tab, { name, text: "Hello", numbers: cued("991001", 1) });
	};
	const isRefused = async (tab: Page) => {
		const [answer] = await Promise.all([tab.waitForEvent("response"), submitForm(tab)]);
		expect(answer.status()).toBe(409);
		expect(await textAt(tab.locator("h1"))).toBe(say("refusal.other_cabinet.title"));
	};
	await open(page, "Written at home");
	await second.goto("/dealer/accounts");
	await enter(second, "client2");
	await isRefused(page);
	await open(page, "Written inside");
	await leave(second);
	await isRefused(page);
	expect(inBooks(on.app, "SELECT id FROM campaigns WHERE name LIKE 'Written %'")).toEqual([]);
	await page.goBack();
	await open(page, "Written at home");
	await submitForm(page);
	await page.waitForURL(/\/review$/);
	const [made] = inBooks(on.app, "SELECT account_id AS id FROM campaigns WHERE name = 'Written at home'");
	expect(made).toEqual({ id: idOf("dealer") });
});

it("both sides read in their audit who was in the cabinet, the client without the name of whoever is above its dealer", async () => {
	const { page } = await visit("admin");
	await enter(page, "dealer2");
	await enter(page, "client3", { look: true });
	const client = await visit("client3");
	await client.page.goto("/client/audit?verb=cabinet");
	const read = await textAt(client.page.locator("main table tbody"));
	expect(read).toContain(words("en", "audit:verb.cabinet_enter"));
	expect(read).toContain("They rang: a number is wrong");
	expect(read).toContain(words("en", "audit:who.staff"));
	expect(read).not.toContain("Head office");
	const home = await visit("admin");
	await home.page.goto(`/admin/audit?verb=cabinet&account=client3`);
	expect(await countOf(home.page.locator("main table tbody tr"))).toBe(1);
	await home.page.getByRole("link", { name: "Book Shop", exact: true }).click();
	expect(pathOf(home.page)).toBe(`/admin/accounts/${idOf("client3")}`);
});

it("the audit trail is narrowed by the form, says what it does not know, and goes out as a file", async () => {
	const { page } = await visit("dealer2");
	const field = (key: string) => page.getByLabel(words("en", `trail:filter.${key}`), { exact: true });
	const show = () => page.getByRole("button", { name: words("en", "trail:filter.submit"), exact: true }).click();
	await page
		.getByRole("link", { name: words("en", "common:menu.audit"), exact: true })
		.last()
		.click();
	await field("who").fill("client");
	await show();
	expect(await textAt(page.getByRole("alert")), "another dealer's client").toBe(
		words("en", "trail:filter.who_unknown"),
	);
	await field("who").fill("client3");
	await field("verb").selectOption("access");
	await show();
	expect(new URL(page.url()).searchParams.get("who")).toBe("client3");
	const rows = page.locator("main table tbody tr");
	expect(await countOf(rows)).toBeGreaterThan(0);
	expect(await textAt(rows.first())).toContain(words("en", "audit:verb.sign-in"));
	const [download] = await Promise.all([
		page.waitForEvent("download"),
		page.getByRole("button", { name: words("en", "trail:export.submit"), exact: true }).click(),
	]);
	expect(download.suggestedFilename()).toMatch(/^audit-\d{4}-\d\d-\d\d\.csv$/);
	const csv = readFileSync(await download.path(), "utf8");
	expect(csv.startsWith(`\uFEFF${words("en", "trail:column.id")},`)).toBe(true);
	expect(csv.trim().split("\r\n")).toHaveLength(1 + (await countOf(rows)));
	expect(csv).toMatch(/\d{4}-\d\d-\d\dT[\d:.]+Z,\d{4}-\d\d-\d\d \d\d:\d\d,Europe\/Kyiv,/);
	await page.goto("/dealer/audit?verb=trail");
	expect(await textAt(rows.first())).toContain(words("en", "audit:verb.audit_export"));
});

it.each([
	{ scheme: "light", language: "en", width: 1280 },
	{ scheme: "dark", language: "ar", width: 360 },
] as const)("the banner is sound in $scheme, $language, at $width px, and stays in sight", async (look) => {
	const { page, mayAnswer } = await on.visit({ js: true, ...look });
	mayAnswer(403);
	await signIn(page, "dealer", look.language);
	await page.goto(`/dealer/accounts/${idOf("client")}/enter`);
	const label = (key: string) => page.getByLabel(words(look.language, `enter:${key}`), { exact: true });
	await label("reason").fill("A look at the page");
	await label("mode_look").check();
	await page.getByRole("button", { name: words(look.language, "enter:action"), exact: true }).click();
	await page.waitForURL(/\/client\//);
	await page.goto("/client/campaigns/new");
	expect(await findViolations(page)).toEqual([]);
	await page.mouse.wheel(0, 2_000);
	await banner(page).getByRole("button").waitFor({ state: "visible" });
	expect(await banner(page).evaluate((element) => element.getBoundingClientRect().top)).toBe(0);
	const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
	const { htmlBytes, cssBytes } = await weighPage(`${on.app.url}/client/campaigns/new`, cookie);
	expect(htmlBytes).toBeLessThanOrEqual(6 * 1024);
	expect(htmlBytes + cssBytes).toBeLessThanOrEqual(14 * 1024);
	await page.locator("main form button[type=submit]").last().click();
	await page.getByRole("heading", { name: words(look.language, "enter:refusal.read_only.title") }).waitFor();
	expect(await findViolations(page)).toEqual([]);
	inBooks(on.app, "UPDATE impersonations SET ends_at_utc = ? WHERE ended_at_utc IS NULL", Date.now() - 1);
	await page.goto("/client/campaigns");
	expect(pathOf(page)).toBe("/dealer/accounts");
	expect(await findViolations(page)).toEqual([]);
});
