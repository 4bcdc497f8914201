import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { accountIdOf } from "./harness/books.ts";
import { sendCampaign, untilState } from "./harness/campaign.ts";
import { cued } from "./harness/numbers.ts";
import { stage } from "./harness/story.ts";
import { countOf, textAt, words } from "./harness/words.ts";

const on = stage();
const say = (key: string, values?: Record<string, string | number>) => words("en", key, values);
const names = (page: Page) => page.locator("main tbody td.main").allInnerTexts();
const go = async (page: Page, typed: string) => {
	await page.locator("#jump-to").fill(typed);
	await page.getByRole("button", { name: say("lists:jump.submit"), exact: true }).click();
};

describe("the list of accounts", () => {
	it("is searched, filtered and sorted, and every view is an address", async () => {
		const { page } = await on.visit({ as: "admin", js: false });
		await page.goto("/admin/accounts");
		expect((await names(page)).length).toBe(5);
		await page.getByLabel(say("lists:filter.words"), { exact: true }).fill("sho flow");
		await page.getByRole("button", { name: say("lists:filter.submit"), exact: true }).click();
		expect(await names(page)).toEqual(["Flower Shop"]);
		await page.getByRole("link", { name: say("lists:filter.clear"), exact: true }).click();
		await page.getByLabel(say("accounts:kind.title"), { exact: true }).selectOption("client");
		await page.locator("main details summary").click();
		await page.getByLabel(say("lists:filter.dealer"), { exact: true }).fill("dealer");
		await page.getByRole("button", { name: say("lists:filter.submit"), exact: true }).click();
		await page
			.getByRole("columnheader")
			.getByRole("link", { name: say("accounts:name"), exact: true })
			.click();
		await page.waitForURL(/sort=name/);
		expect(await names(page)).toEqual(["Corner Shop", "Flower Shop"]);
		await page
			.getByRole("columnheader")
			.getByRole("link", { name: say("accounts:name"), exact: true })
			.click();
		await page.waitForURL(/sort=-name/);
		expect(await names(page)).toEqual(["Flower Shop", "Corner Shop"]);
		expect(await countOf(page.locator('th[aria-sort="descending"]'))).toBe(1);
		const { page: colleague } = await on.visit({ as: "admin", js: false });
		await colleague.goto(page.url());
		expect(await names(colleague)).toEqual(["Flower Shop", "Corner Shop"]);
	});

	it("shows a dealer its own branch only; the box goes straight to an exact id or login, or to the list", async () => {
		const { page } = await on.visit({ as: "dealer", js: false });
		await page.goto("/dealer/accounts");
		expect((await names(page)).sort()).toEqual(["Corner Shop", "Flower Shop"]);
		await go(page, "CLIENT2");
		await page.waitForURL(new RegExp(`/accounts/${accountIdOf(on.app, "client2")}$`));
		await page.goto("/dealer/accounts");
		await go(page, String(accountIdOf(on.app, "client")));
		expect(await textAt(page.locator("h1"))).toContain("Corner Shop");
		await page.goto("/dealer/accounts");
		await go(page, "client3");
		await page.waitForURL(/\/dealer\/accounts\?q=client3$/);
		expect(await textAt(page.locator("main"))).toContain(say("lists:list.none_found"));
	});
});

it("the tree opens level by level, and a search opens the way to what it finds", async () => {
	const { page } = await on.visit({ as: "admin", js: false, width: 360 });
	await page.goto("/admin/tree");
	const seen = () => page.locator(".node > a:not(.fold)").allInnerTexts();
	expect(await seen()).toEqual(["Head office", "North Dealer", "South Dealer"]);
	await page.getByRole("link", { name: say("tree:open", { name: "South Dealer" }), exact: true }).click();
	expect(await seen()).toEqual(["Head office", "North Dealer", "South Dealer", "Book Shop"]);
	await page.getByRole("link", { name: say("tree:close", { name: "South Dealer" }), exact: true }).click();
	expect(await seen()).toHaveLength(3);
	await page.locator("#tree-words").fill("flow");
	await page.getByRole("button", { name: say("tree:find"), exact: true }).click();
	expect(await seen()).toEqual(["Head office", "North Dealer", "Flower Shop"]);
	const { page: dealers } = await on.visit({ as: "dealer2", js: false });
	await dealers.goto("/dealer/tree?q=flow");
	expect(await textAt(dealers.locator("main"))).toContain(say("tree:no_hits"));
});

describe("moving an account", () => {
	const check = async (page: Page, target: string) => {
		await page.getByLabel(say("lists:attach.target"), { exact: true }).fill(target);
		await page.getByRole("button", { name: say("lists:attach.check"), exact: true }).click();
	};
	const press = (page: Page) => page.locator("main form[method=post] button[type=submit]").click();

	it("is refused in words beside the field, with what was typed kept", async () => {
		const { page, mayAnswer } = await on.visit({ as: "admin", js: false });
		mayAnswer(422);
		await page.goto(`/admin/accounts/${accountIdOf(on.app, "dealer")}/attach`);
		for (const [target, because] of [
			["dealer", "itself"],
			["client", "own_branch"],
			["admin", "already_there"],
			["client3", "below_client"],
			["nobody-at-all", "no_target"],
		]) {
			await check(page, target!);
			expect(await textAt(page.locator("#to-error"))).toContain(say(`lists:attach.refused.${because}`));
			expect(await page.getByLabel(say("lists:attach.target"), { exact: true }).inputValue()).toBe(target);
		}
	});

	it("takes it to the other dealer; what was sent before stays readable on both sides", async () => {
		const moved = accountIdOf(on.app, "client2");
		const { page: sender } = await on.visit({ as: "client2", js: false });
		const campaign = await sendCampaign(sender, { name: "Before the move", text: "Hi", numbers: cued("991001", 3) });
		await untilState(sender, "done");
		const { page } = await on.visit({ as: "admin", js: false });
		const { page: late, mayAnswer: lateMay } = await on.visit({ as: "admin", js: false });
		for (const one of [page, late]) {
			await one.goto(`/admin/accounts/${moved}/attach`);
			await check(one, "dealer2");
			expect(await textAt(one.locator("main"))).toContain(say("lists:attach.accounts_one", { count: 1 }));
		}
		await press(page);
		await page.waitForURL(new RegExp(`/admin/accounts/${moved}$`));
		// The other page's confirmation is of a place that the account has left.
		lateMay(409);
		const second = late.waitForResponse((response) => response.request().method() === "POST");
		await press(late);
		expect((await second).status()).toBe(409);
		const { page: old, mayAnswer: oldMay } = await on.visit({ as: "dealer", js: false });
		oldMay(404);
		expect((await old.goto(`/dealer/accounts/${moved}`))?.status()).toBe(404);
		await old.goto("/dealer/accounts");
		await old.getByRole("link", { name: say("lists:left.title"), exact: true }).click();
		await old.getByRole("link", { name: "Flower Shop", exact: true }).click();
		await old.getByRole("link", { name: "Before the move", exact: true }).click();
		await old.waitForURL(new RegExp(`/dealer/campaigns/${campaign}$`));
		const { page: fresh } = await on.visit({ as: "dealer2", js: false });
		await fresh.goto("/dealer/accounts");
		expect(await names(fresh)).toContain("Flower Shop");
		expect((await fresh.goto(`/dealer/campaigns/${campaign}`))?.status()).toBe(200);
		expect((await sender.goto("/client/campaigns"))?.status(), "the client's session goes on").toBe(200);
	});
});
