import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { tabTo } from "./harness/keyboard.ts";
import { passwordOf } from "./harness/sign-in.ts";
import { stage } from "./harness/story.ts";
import { textAt, words } from "./harness/words.ts";

const on = stage();
const say = (key: string, values?: Record<string, string>) => words("en", key, values);
const pathOf = (page: Page) => new URL(page.url()).pathname;

/** Goes to the field by Tab and types. */
async function type(page: Page, key: string, text: string): Promise<void> {
	await tabTo(page, page.getByLabel(say(key), { exact: true }).and(page.locator("input, textarea")));
	await page.keyboard.type(text);
}

/** Goes to the link or button by Tab, and presses it. */
async function press(page: Page, role: "link" | "button", name: string): Promise<void> {
	await tabTo(page, page.locator("main, aside, .drop").getByRole(role, { name, exact: true }).first());
	await page.keyboard.press("Enter");
}

async function signInByKeys(page: Page, login: "dealer" | "admin" | "client"): Promise<void> {
	await page.goto("/sign-in");
	await type(page, "auth:login", login);
	await type(page, "auth:password", passwordOf(login));
	await page.keyboard.press("Enter");
	await page.waitForURL(/\/(client|dealer|admin)\//);
}

async function signOutByKeys(page: Page): Promise<void> {
	await tabTo(page, page.locator("header details").last().locator("summary"));
	await page.keyboard.press("Space");
	await press(page, "button", say("common:sign_out"));
	await page.waitForURL(/\/sign-in/);
}

it.each(["dealer", "admin"] as const)(
	"a %s makes a client, finds it, goes in and out, and blocks it, by the keyboard alone",
	async (cabinet) => {
		const { page } = await on.visit({ js: false });
		await signInByKeys(page, cabinet);
		await tabTo(
			page,
			page
				.getByRole("navigation")
				.last()
				.getByRole("link", { name: say("common:menu.accounts"), exact: true }),
		);
		await page.keyboard.press("Enter");
		await page.waitForURL(/\/accounts$/);
		await press(page, "link", say("accounts:new.link"));
		await page.waitForURL(/\/accounts\/new/);
		const login = `keys-of-${cabinet}`;
		await type(page, "accounts:login", login);
		await type(page, "accounts:password", "violet anchor 58 teapot");
		await type(page, "accounts:name", "Typed Shop");
		await page.keyboard.press("Enter");
		await page.waitForURL(/\/accounts\/\d+$/);
		const account = pathOf(page);

		await page.goto(`/${cabinet}/accounts`);
		await type(page, "lists:jump.label", login);
		await page.keyboard.press("Enter");
		await page.waitForURL((url) => url.pathname === account);

		await press(page, "link", say("enter:action"));
		await page.waitForURL(/\/enter$/);
		await type(page, "enter:reason", "They cannot find the button");
		await tabTo(page, page.locator('input[name="mode"]:checked'));
		// The next choice of a group is had by an arrow, and it is the one that changes nothing.
		await page.keyboard.press("ArrowDown");
		await press(page, "button", say("enter:action"));
		await page.waitForURL(/\/client\/campaigns$/);
		expect(await textAt(page.locator("aside.inside"))).toContain(say("enter:banner.read_only"));
		await tabTo(page, page.locator("aside.inside").getByRole("button"));
		await page.keyboard.press("Enter");
		await page.waitForURL((url) => url.pathname === account);

		await press(page, "link", say("blocks:action"));
		await page.waitForURL(/\/block$/);
		await type(page, "blocks:reason", "Unpaid since May");
		await press(page, "button", say("blocks:submit"));
		await page.waitForURL((url) => url.pathname === account);
		expect(await textAt(page.locator("main"))).toContain(say("accounts:state.blocked"));
		await signOutByKeys(page);
	},
);

it("the first Tab and Enter lead past the menu, to the content", async () => {
	const { page } = await on.visit({ as: "dealer" });
	await page.goto("/dealer/campaigns");
	await page.keyboard.press("Tab");
	const skip = page.locator("a.skip");
	expect(await skip.evaluate((element) => element === document.activeElement)).toBe(true);
	expect((await skip.boundingBox())!.y, "it is seen while it has the focus").toBeGreaterThanOrEqual(0);
	await page.keyboard.press("Enter");
	expect(await page.evaluate("document.activeElement.id")).toBe("main");
	await page.keyboard.press("Tab");
	expect(await page.evaluate("document.querySelector('main').contains(document.activeElement)")).toBe(true);
});
