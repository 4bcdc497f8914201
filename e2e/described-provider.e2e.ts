import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { FAKE_KEY, fakeSettings, startFake } from "#app/channels/generic-http/fake.ts";
import { stage } from "./harness/story.ts";
import { textAt, words } from "./harness/words.ts";

const on = stage();
const press = (page: Page, key: string) => page.getByRole("button", { name: words("en", key), exact: true }).click();
const fieldOf = (page: Page, name: string) => page.locator(`[name="${name}"]`);

it("the admin describes a provider without code, is told what is wrong, rehearses it and tries it", async () => {
	const fake = await startFake();
	const { page, mayAnswer } = await on.visit({ js: false, as: "admin" });
	mayAnswer(422);
	await page.goto("/admin/providers/new");
	await page
		.getByRole("link", { name: `${words("en", "providers:adapter_name.generic-http")} · SMS`, exact: true })
		.click();
	await fieldOf(page, "name").fill("Gateway");
	const settings = fakeSettings(fake.baseUrl);
	const fillIn = async (change: Partial<typeof settings>) => {
		for (const [name, value] of Object.entries({ ...settings, ...change })) {
			const field = fieldOf(page, `settings.${name}`);
			if ((await field.evaluate((node) => node.tagName)) === "SELECT") await field.selectOption(value);
			else await field.fill(value);
		}
	};
	await fillIn({ body: '{"text": {{text}}}' });
	await press(page, "providers:new.submit");
	expect(await textAt(page.getByRole("alert"))).toContain(words("en", "providers:error.template_json"));
	expect(await fieldOf(page, "settings.headers").inputValue(), "what was typed stays").toContain("{{secret1}}");
	await fillIn({});
	await press(page, "providers:new.submit");
	await page.waitForURL(/\/admin\/providers\/\d+$/);
	expect(await page.content(), "a secret is shown to nobody again").not.toContain(FAKE_KEY.secret1);
	await press(page, "providers:deed.try");
	expect(await textAt(page.getByRole("status"))).toContain("12.5");

	await page.getByRole("link", { name: words("en", "providers:tabs.rehearse"), exact: true }).click();
	await fieldOf(page, "to").fill("067 111");
	await fieldOf(page, "text").fill('Sale "now"');
	await press(page, "rehearse:submit");
	expect(await textAt(page.getByRole("alert"))).toContain(words("en", "rehearse:error.to"));
	await fieldOf(page, "to").fill("+380671112233");
	await fieldOf(page, "answer").fill('{"result":{"code":11}}');
	await fieldOf(page, "report").fill('{"events":[{"message":{"id":9007199254740993},"status":"DELIVRD"}]}');
	await press(page, "rehearse:submit");
	const shown = await textAt(page.getByRole("status").first());
	expect(shown).toContain("Bearer ********");
	expect(shown).toContain('Sale \\"now\\"');
	expect(shown).toContain(words("en", "rehearse:outcome.refused"));
	expect(shown).toContain("9007199254740993");
	expect(await page.content()).not.toContain(FAKE_KEY.secret1);
	expect(fake.journal.written, "nothing was sent").toBe(0);
	await fake.close();
});
