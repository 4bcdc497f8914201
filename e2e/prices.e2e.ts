import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { accountIdOf } from "./harness/books.ts";
import { stage } from "./harness/story.ts";
import { words } from "./harness/words.ts";

const on = stage();
const text = (key: string, values: Record<string, string> = {}) => words("en", `prices:${key}`, values);

/** The cells of the table's row that begins so. */
async function rowOf(page: Page, name: string): Promise<string[]> {
	const cells = await page.locator("main tbody tr", { hasText: name }).first().locator("td").allTextContents();
	return cells.map((cell) => cell.replace(/\s+/g, " ").trim());
}

async function fillPrice(page: Page, price: string): Promise<void> {
	await page.getByLabel(words("en", "routing:country"), { exact: true }).fill("Ukraine");
	await page.getByLabel(text("price_in", { currency: "EUR" }), { exact: true }).fill(price);
	await page.getByRole("button", { name: text("submit"), exact: true }).click();
}

describe("a dealer's prices, without JavaScript", () => {
	it("one client's own price: cost and margin beside it, a loss is asked about, and the client sees its own only", async () => {
		const { page, mayAnswer } = await on.visit({ as: "dealer", js: false });
		mayAnswer(422);
		await page.goto(`/dealer/accounts/${accountIdOf(on.app, "client")}`);
		await page
			.locator("main")
			.getByRole("link", { name: words("en", "accounts:deed.prices"), exact: true })
			.click();
		await fillPrice(page, "0.0135");
		await page.waitForURL(/\/prices$/);
		const line = "Viber, Ukraine, Any content";
		expect(await rowOf(page, line)).toEqual([line, "EUR 0.0135", "EUR 0.011", "EUR 0.0025 (18.5%)", ""]);

		await fillPrice(page, "-1");
		expect(await page.getByRole("alert").textContent()).toContain(text("error.amount"));
		await fillPrice(page, "0.0107");
		await page.getByRole("alert").waitFor();
		expect(await rowOf(page, "North Dealer")).toEqual([
			...["North Dealer", "Corner Shop", line, "EUR 0.0107", "EUR 0.011", "EUR 0.0003"],
		]);
		await page.getByLabel(text("losses.meant"), { exact: true }).check();
		await page.getByRole("button", { name: text("submit"), exact: true }).click();
		await page.waitForURL(/\/prices$/);
		expect(await rowOf(page, line)).toContain("EUR 0.0107");

		const client = await on.visit({ as: "client", js: false });
		await client.page.goto("/client/prices");
		expect(await rowOf(client.page, "Ukraine")).toEqual(["Ukraine", "Any content", "EUR 0.0107"]);
		const shown = await client.page.locator("main").textContent();
		expect(shown).toContain(text("terms.on_delivered"));
		for (const cost of ["0.011", "0.0105", "0.016"]) expect(shown!.split(/\s/)).not.toContain(cost);
	});

	it("a percentage over the own cost for all lines at once is shown first, and saved as it was shown", async () => {
		const { page } = await on.visit({ as: "dealer2", js: false });
		await page.goto("/dealer/prices/below");
		await page.getByRole("link", { name: text("many.title"), exact: true }).click();
		await page.getByLabel(text("many.percent"), { exact: true }).fill("12.5");
		await page.getByRole("button", { name: text("many.show"), exact: true }).click();
		const line = "Viber, Ukraine, Text";
		expect(await rowOf(page, line)).toEqual([line, "–", "EUR 0.011813", "EUR 0.0105", "EUR 0.001313 (11.1%)"]);
		await page.locator("main form[method=post] button[type=submit]").click();
		await page.waitForURL(/\/prices\/below$/);
		expect(await rowOf(page, line)).toContain("EUR 0.011813");
	});
});
