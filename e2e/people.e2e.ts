import { describe, expect, it } from "vitest";
import { figure, untilState } from "./harness/campaign.ts";
import { tabTo } from "./harness/keyboard.ts";
import { cued } from "./harness/numbers.ts";
import { passwordOf, signIn } from "./harness/sign-in.ts";
import { stage } from "./harness/story.ts";
import { until } from "./harness/until.ts";
import { textAt, words } from "./harness/words.ts";

const on = stage();

describe.each([{ js: false }, { js: true }])("with JavaScript: $js", ({ js }) => {
	it("a person signs in and sends by the keyboard alone", async () => {
		const { page } = await on.visit({ js });
		await page.goto("/sign-in");
		await tabTo(page, page.getByLabel(words("en", "auth:login"), { exact: true }));
		await page.keyboard.type("client");
		await page.keyboard.press("Tab");
		await page.keyboard.type(passwordOf("client"));
		await page.keyboard.press("Enter");
		await page.waitForURL(/\/client\/campaigns$/);
		await tabTo(page, page.getByRole("link", { name: words("en", "common:menu.new_campaign"), exact: true }).last());
		await page.keyboard.press("Enter");
		await page.waitForURL(/\/campaigns\/new$/);
		await tabTo(page, page.getByLabel(words("en", "campaigns:form.text"), { exact: true }));
		await page.keyboard.type("By keyboard");
		await tabTo(page, page.getByLabel(words("en", "audiences:form.paste"), { exact: true }));
		await page.keyboard.type(cued("991001", 2).join("\n"));
		await tabTo(page, page.getByRole("button", { name: words("en", "campaigns:form.submit"), exact: true }));
		await page.keyboard.press("Enter");
		await page.waitForURL(/\/review$/);
		await tabTo(page, page.locator('button[value="start"]'));
		await page.keyboard.press("Enter");
		await page.waitForURL(/\/campaigns\/\d+$/);
		await untilState(page, "done");
		await until("both to have read it", async () => (await figure(page, "read")) === 2);
	});
});

it("signing out ends the session, and the back button shows nothing of it", async () => {
	const { page, context } = await on.visit({ js: false });
	await signIn(page, "client2");
	const cookies = await context.cookies();
	await page.locator("details summary").last().click();
	await page.getByRole("button", { name: words("en", "common:sign_out"), exact: true }).click();
	await page.waitForURL(/\/sign-in/);
	expect(await textAt(page.locator("main"))).toContain(words("en", "auth:signed_out"));
	await page.goBack();
	expect(new URL(page.url()).pathname, "the page gone back to is asked for again").toBe("/sign-in");
	await page.goto("/client/campaigns");
	expect(new URL(page.url()).pathname).toBe("/sign-in");
	await context.addCookies(cookies);
	await page.goto("/client/campaigns");
	expect(new URL(page.url()).pathname, "a stolen cookie is worth nothing any more").toBe("/sign-in");
});

it("after signing in a person is where they wanted to go", async () => {
	const { page } = await on.visit({ js: false });
	await page.goto("/client/campaigns/new");
	expect(new URL(page.url()).pathname).toBe("/sign-in");
	await page.getByLabel(words("en", "auth:login"), { exact: true }).fill("client");
	await page.getByLabel(words("en", "auth:password"), { exact: true }).fill(passwordOf("client"));
	await page.getByRole("button", { name: words("en", "auth:submit"), exact: true }).click();
	await page.waitForURL(/\/client\/campaigns\/new$/);
});

it("a wrong password and an unknown login get the same answer, and the login is kept", async () => {
	const { page, mayAnswer } = await on.visit({ js: false });
	mayAnswer(401, 422);
	const said: string[] = [];
	for (const login of ["client", "nobody-at-all"]) {
		await page.goto("/sign-in");
		await page.getByLabel(words("en", "auth:login"), { exact: true }).fill(login);
		await page.getByLabel(words("en", "auth:password"), { exact: true }).fill("wrong");
		await page.getByRole("button", { name: words("en", "auth:submit"), exact: true }).click();
		said.push(await textAt(page.getByRole("alert")));
		expect(await page.getByLabel(words("en", "auth:login"), { exact: true }).inputValue()).toBe(login);
	}
	expect(said[0]).toContain(words("en", "auth:error.wrong"));
	expect(said[1]).toBe(said[0]);
});

it("the first page of another's cabinet leads to one's own, any other page is refused", async () => {
	const { page, mayAnswer } = await on.visit({ js: false, as: "client" });
	mayAnswer(403);
	for (const path of ["/dealer", "/admin", "/dealer/accounts"]) {
		await page.goto(path);
		expect(new URL(page.url()).pathname, path).toBe("/client/campaigns");
	}
	for (const path of ["/dealer/campaigns/new", "/admin/providers"]) {
		const answer = await page.goto(path);
		expect(answer?.status(), path).toBe(403);
		expect(await textAt(page.locator("h1"))).toBe(words("en", "errors:page.403.title"));
	}
});

it("a person switches to Arabic, and the page turns round; and to the dark scheme, and it stays", async () => {
	const { page } = await on.visit({ js: false });
	await signIn(page, "client3");
	expect(await page.getAttribute("html", "dir")).toBe("ltr");
	await page.locator("header summary", { hasText: words("en", "common:language") }).click();
	await page.getByRole("button", { name: "العربية", exact: true }).click();
	expect(await page.getAttribute("html", "dir")).toBe("rtl");
	expect(await page.getAttribute("html", "lang")).toBe("ar");
	expect(await textAt(page.locator("h1"))).toBe(words("ar", "campaigns:list.title"));
	await page.locator("header details").last().locator("summary").click();
	await page.getByRole("button", { name: words("ar", "common:scheme.dark"), exact: true }).click();
	await page.goto("/client/campaigns/new");
	expect(await page.getAttribute("html", "data-mantine-color-scheme")).toBe("dark");
	expect(await page.getAttribute("html", "dir")).toBe("rtl");
	const background = await page.evaluate("getComputedStyle(document.body).backgroundColor");
	expect(background, "a dark page").toMatch(/^rgb\((\d|[1-3]\d), (\d|[1-3]\d), (\d|[1-3]\d)\)$/);
});
