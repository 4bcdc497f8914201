import { describe, expect, it } from "vitest";
import { pageRoutes } from "./harness/page-routes.ts";
import { reload } from "./harness/reload.ts";
import { beginSignIn, giveCode, phoneWithKeyOf, setUpFactor, showPassword } from "./harness/second-factor.ts";
import { signIn } from "./harness/sign-in.ts";
import { stage } from "./harness/story.ts";
import { countOf, textAt, words } from "./harness/words.ts";

const on = stage();
const STEP_MS = 30_000;
const alone = { js: false } as const;
const say = (key: string) => words("en", `factor:${key}`);

/** A code that has not served: that of the next step, which a phone whose clock is a little fast shows already. */
const nextCode = (codeAt: (atUtc: number) => string) => codeAt(Date.now() + STEP_MS);

describe("a person sets up a second factor", () => {
	it("with the password, the key and a code of it; then a code or a recovery code is asked for at every sign-in", async () => {
		const { page, context, mayAnswer } = await on.visit(alone);
		const elsewhere = await on.visit(alone);
		await signIn(elsewhere.page, "client");
		await signIn(page, "client");
		const { codeAt, recovery } = await setUpFactor(page, "client", "client");
		expect(new Set(recovery).size).toBe(10);
		await page.getByRole("link", { name: say("codes.kept"), exact: true }).click();
		expect(await textAt(page.locator("h1 + .soft"))).toBe(say("on"));
		await elsewhere.page.goto("/client/campaigns");
		expect(new URL(elsewhere.page.url()).pathname, "a device without it is signed out").toBe("/sign-in");

		await context.clearCookies();
		await page.goto("/client/campaigns/new");
		await beginSignIn(page, "client");
		await page.goto("/client/campaigns");
		expect(new URL(page.url()).pathname, "the password alone opens no page").toBe("/sign-in");
		await page.goto("/sign-in?to=%2Fclient%2Fcampaigns%2Fnew");
		await beginSignIn(page, "client");
		mayAnswer(422);
		await giveCode(page, "000000");
		expect(await textAt(page.getByRole("alert"))).toContain(say("error.code_wrong"));
		await giveCode(page, nextCode(codeAt));
		await page.waitForURL(/\/client\/campaigns\/new$/);

		await context.clearCookies();
		await page.goto("/sign-in");
		await beginSignIn(page, "client");
		await giveCode(page, recovery[3]!.toLowerCase().replaceAll("-", " "));
		await page.waitForURL(/\/client\/campaigns$/);
		await page.goto("/client/settings/second-factor");
		expect(await textAt(page.locator("main"))).toContain(words("en", "factor:codes.left_other", { count: 9 }));
	});

	it("a wrong password or a wrong code sets nothing up; the key stays the same for the next try", async () => {
		const { page, mayAnswer } = await on.visit({ ...alone, as: "client2" });
		mayAnswer(422);
		await page.goto("/client/settings/second-factor/set-up");
		await page.getByLabel(say("password"), { exact: true }).fill("wrong");
		await page.getByRole("button", { name: say("set_up.next"), exact: true }).click();
		expect(await textAt(page.getByRole("alert"))).toContain(say("error.password_wrong"));
		await showPassword(page, "client2");
		const key = await textAt(page.locator("code.key"));
		await page.getByLabel(say("code"), { exact: true }).fill("000000");
		await page.getByRole("button", { name: say("set_up.submit"), exact: true }).click();
		expect(await textAt(page.getByRole("alert"))).toContain(say("error.code_wrong"));
		expect(await textAt(page.locator("code.key"))).toBe(key);
		expect(await phoneWithKeyOf(page)).toBeDefined();
		await page.goto("/client/settings/second-factor");
		expect(await textAt(page.locator("h1 + .soft"))).toBe(say("off"));
	});
});

it("a dealer demands it of its branch: a client at work must set it up first, and gets it taken away when it is lost", async () => {
	const dealer = await on.visit({ ...alone, as: "dealer2" });
	const { page } = await on.visit(alone);
	await signIn(page, "client3");
	await page.goto("/client/campaigns/new");
	await dealer.page.goto("/dealer/accounts");
	const account = await dealer.page.locator("main table tbody a").first().getAttribute("href");
	await dealer.page.goto(`${account}/second-factor`);
	await dealer.page.getByRole("button", { name: say("demand.turn_on"), exact: true }).click();
	expect(await textAt(dealer.page.locator("main .status"))).toBe(say("demand.by.actor"));

	for (const path of ["/client/campaigns", "/client/settings", "/client", "/client/settings/second-factor/demand"]) {
		await page.goto(path);
		expect(new URL(page.url()).pathname, path).toBe("/client/settings/second-factor");
	}
	expect(await textAt(page.getByRole("alert"))).toContain(say("must.title"));
	await page.locator("header summary", { hasText: words("en", "common:language") }).click();
	await page.getByRole("button", { name: "Русский", exact: true }).click();
	expect(await page.getAttribute("html", "lang")).toBe("ru");
	await page.locator("header summary", { hasText: words("ru", "common:language") }).click();
	await page.getByRole("button", { name: "English", exact: true }).click();
	await setUpFactor(page, "client", "client3");
	await page.goto("/client/settings/second-factor");
	expect(await countOf(page.getByRole("link", { name: say("switch_off.title"), exact: true }))).toBe(0);
	await page.goto("/client/campaigns");
	expect(new URL(page.url()).pathname).toBe("/client/campaigns");

	await reload(dealer.page);
	await dealer.page.getByLabel(say("reset.reason"), { exact: true }).fill("phone stolen, seen in person");
	await dealer.page.getByRole("button", { name: say("reset.submit"), exact: true }).click();
	expect(await textAt(dealer.page.getByRole("status"))).toBe(say("reset.done"));
	await page.goto("/client/campaigns");
	expect(new URL(page.url()).pathname, "signed out").toBe("/sign-in");
	await signIn(page, "client3");
	expect(new URL(page.url()).pathname, "and led to the set-up again").toBe("/client/settings/second-factor");
});

it("a sign-in that was not finished opens nothing: every page answers as it does a stranger", async () => {
	const { page, context } = await on.visit(alone);
	await signIn(page, "client2");
	await setUpFactor(page, "client", "client2");
	await context.clearCookies();
	await page.goto("/sign-in");
	await beginSignIn(page, "client2");
	const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
	expect(cookie).toContain("sid=");
	const paths = (await pageRoutes()).map(addressOf).filter((path) => !path.startsWith("/sign-in"));
	let closed = 0;
	for (const path of paths) {
		const [stranger, pending] = await Promise.all([ask(path), ask(path, cookie)]);
		expect(pending, path).toEqual(stranger);
		if (stranger.location?.startsWith("/sign-in")) closed++;
		const [strangersForm, pendingForm] = await Promise.all([ask(path, "", "POST"), ask(path, cookie, "POST")]);
		expect(pendingForm, `POST ${path}`).toEqual(strangersForm);
	}
	expect(closed, "pages of cabinets among them").toBeGreaterThan(30);
});

/** Id of a route → an address that it answers. */
function addressOf(route: string): string {
	const path = route
		.replace(/^routes/, "")
		.replace(/\+\/(every|reseller)\//, "/")
		.replaceAll("+", "")
		.replace(/\/_(auth|index)\b/g, "")
		.replace(/\$\w*/g, "1");
	return path.replaceAll(".", "/") || "/";
}

async function ask(path: string, cookie = "", method = "GET"): Promise<{ status: number; location: string | null }> {
	const body = method === "POST" ? new URLSearchParams({ intent: "x" }) : undefined;
	const answer = await fetch(on.app.url + path, { method, body, headers: { Cookie: cookie }, redirect: "manual" });
	await answer.arrayBuffer();
	return { status: answer.status, location: answer.headers.get("location") };
}
