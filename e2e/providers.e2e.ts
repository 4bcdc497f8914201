import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { FAKE_KEY, startFake } from "#app/channels/vonage/fake.ts";
import { stage } from "./harness/story.ts";
import { textAt, words } from "./harness/words.ts";

const on = stage();
const press = (page: Page, key: string) =>
	page.getByRole("button", { name: words("en", key), exact: true }).click();
const fill = (page: Page, key: string, value: string) =>
	page.getByLabel(words("en", key), { exact: true }).fill(value);

it("the admin connects a provider, is told what is wrong, tries it and switches it on", async () => {
	const fake = await startFake();
	const { page, mayAnswer } = await on.visit({ js: false, as: "admin" });
	mayAnswer(422);
	await page.goto("/admin/providers");
	await page.getByRole("link", { name: words("en", "providers:new.title"), exact: true }).click();
	await page.getByRole("link", { name: "Vonage · SMS", exact: true }).click();
	await fill(page, "providers:name", "Vonage SMS");
	await fill(page, "providers:setting.baseUrl", "not an address");
	await fill(page, "providers:setting.apiKey", FAKE_KEY.apiKey);
	await fill(page, "providers:setting.apiSecret", FAKE_KEY.apiSecret);
	await fill(page, "providers:setting.signatureSecret", FAKE_KEY.signatureSecret);
	await press(page, "providers:new.submit");
	expect(await textAt(page.getByRole("alert"))).toContain(words("en", "providers:error.setting"));
	expect(await page.getByLabel(words("en", "providers:name"), { exact: true }).inputValue()).toBe("Vonage SMS");
	await fill(page, "providers:setting.baseUrl", fake.baseUrl);
	await fill(page, "providers:setting.apiSecret", FAKE_KEY.apiSecret);
	await fill(page, "providers:setting.signatureSecret", FAKE_KEY.signatureSecret);
	await press(page, "providers:new.submit");
	await page.waitForURL(/\/admin\/providers\/\d+$/);
	expect(await page.content(), "a secret is shown to nobody again").not.toContain(FAKE_KEY.apiSecret);
	await press(page, "providers:deed.try");
	expect(await textAt(page.getByRole("status"))).toContain("12.5 EUR");
	await press(page, "providers:deed.active");
	expect(await textAt(page.locator("dl"))).toContain(words("en", "providers:state.active"));
	await fill(page, "providers:connections", "4");
	await press(page, "providers:save");
	await press(page, "providers:deed.try");
	expect(await textAt(page.getByRole("status")), "the secrets were kept").toContain("12.5 EUR");
	await press(page, "providers:deed.draining");
	expect(await textAt(page.locator("dl"))).toContain(words("en", "providers:state.draining"));
	await page.goto("/admin/providers");
	expect(await textAt(page.locator("table"))).toContain("Vonage SMS");
	await fake.close();
});
