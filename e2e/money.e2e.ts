import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { reload } from "./harness/reload.ts";
import { stage } from "./harness/story.ts";
import { words } from "./harness/words.ts";

const on = stage();
const w = (key: string) => words("en", key);

async function fill(page: Page, label: string, value: string): Promise<void> {
	await page.getByLabel(label, { exact: true }).fill(value);
}
const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
/** What the header says that the account has: "Balance: EUR 1,234.50". */
async function balance(page: Page): Promise<number> {
	if (page.url() === "about:blank") await page.goto("/");
	else await reload(page);
	const said = await page.locator("header > a[href$='/money']").textContent();
	return Number((said ?? "").replaceAll(/[^\d.]/g, ""));
}

it("money comes in at the root, goes down by a dealer to its client, and back up", async () => {
	const admin = (await on.visit({ as: "admin", js: false })).page;
	const { page: dealer, mayAnswer } = await on.visit({ as: "dealer", js: false });
	mayAnswer(422);
	const client = (await on.visit({ as: "client", js: false })).page;
	const idOf = async (page: Page, cabinet: string, name: string) => {
		await page.goto(`/${cabinet}/accounts?q=${encodeURIComponent(name)}`);
		const address = await page.locator("main tbody a").first().getAttribute("href");
		return Number(/(\d+)$/.exec(address ?? "")?.[1]);
	};
	const dealerId = await idOf(admin, "admin", "North Dealer");
	const clientId = await idOf(dealer, "dealer", "Corner Shop");
	expect([dealerId, clientId].every((id) => id > 0)).toBe(true);

	// The demo has given each of them some.
	const before = { admin: await balance(admin), dealer: await balance(dealer), client: await balance(client) };
	await admin.goto("/admin/money/deposit");
	await fill(admin, "Amount, EUR", "100");
	await press(admin, w("money:move.deposit.submit"));
	await admin.getByRole("status").filter({ hasText: "+100.00" }).waitFor();
	await admin.goto(`/admin/accounts/${dealerId}/money/top-up`);
	await fill(admin, "Amount, EUR", "40,5");
	await press(admin, w("money:move.top-up.submit"));
	await admin.waitForURL(/\/money\?done=\d+$/);
	expect(await balance(admin)).toBe(before.admin + 59.5);

	await dealer.goto(`/dealer/accounts/${clientId}/money/top-up`);
	const form = await dealer.locator("main form[method=post]").evaluate((one) => ({
		key: one.querySelector<HTMLInputElement>("input[name=formKey]")?.value ?? "",
		action: one.getAttribute("action") ?? "",
	}));
	const has = before.dealer + 40.5;
	await fill(dealer, "Amount, EUR", `${has}1`);
	await fill(dealer, w("money:note"), "Invoice 118");
	await press(dealer, w("money:move.top-up.submit"));
	await dealer.getByRole("alert").waitFor();
	expect(await dealer.getByLabel("Amount, EUR", { exact: true }).inputValue()).toBe(`${has}1`);
	expect(await dealer.locator("main form").textContent()).toContain(`${has} EUR`);
	await fill(dealer, "Amount, EUR", "25.25");
	await press(dealer, w("money:move.top-up.submit"));
	await dealer.waitForURL(/\/money\?done=\d+$/);
	const first = dealer.url();
	// The same form, as a second click or a page gone back to sends it.
	const again = await dealer
		.context()
		.request.post(`${on.app.url}/dealer/accounts/${clientId}/money/top-up${form.action}`, {
			form: { formKey: form.key, amount: "25.25", note: "Invoice 118" },
			maxRedirects: 0,
		});
	expect(on.app.url + again.headers().location).toBe(first);
	expect(await balance(dealer)).toBe(has - 25.25);

	await client.goto("/client/money");
	expect(await balance(client)).toBe(before.client + 25.25);
	const row = await client.locator("main tbody tr").first().textContent();
	for (const said of ["+25.25", w("money:party.dealer"), "Invoice 118"]) expect(row).toContain(said);
	expect(await client.locator("main").textContent()).not.toContain("North Dealer");

	await dealer.goto(`/dealer/accounts/${clientId}/money/zero`);
	await dealer.locator("main form[method=post] button[type=submit]").click();
	await dealer.waitForURL(/\/money\?done=\d+$/);
	expect(await balance(dealer)).toBe(has + before.client);
	expect(await balance(client)).toBe(0);
});
