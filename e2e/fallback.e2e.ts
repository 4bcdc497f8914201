import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { figure, fillIn, start, submitForm, untilState } from "./harness/campaign.ts";
import { findViolations } from "./harness/find-violations.ts";
import { cued } from "./harness/numbers.ts";
import { reload } from "./harness/reload.ts";
import { simulatorJournal, tellSimulator } from "./harness/simulator.ts";
import { stage } from "./harness/story.ts";
import { until } from "./harness/until.ts";
import { weighPage } from "./harness/weigh-page.ts";
import { countOf, textAt, words } from "./harness/words.ts";

const on = stage({ SWEEP_INTERVAL_MS: "300" });

const DELIVERED = cued("991000", 6);
const NOT_ON_VIBER = cued("997002", 4);
const HAS_BLOCKED = cued("997003", 2);
/** Reported as failed, and delivered some twenty seconds later. */
const LATE = cued("991008", 3);
const NUMBERS = [...DELIVERED, ...NOT_ON_VIBER, ...HAS_BLOCKED, ...LATE];

const label = (page: Page, key: string) => page.getByLabel(words("en", key), { exact: true });
/** The cells of a recipient's row. */
async function rowOf(page: Page, number: string): Promise<string> {
	return textAt(page.locator("tbody tr", { hasText: number }));
}

it("whom Viber does not reach gets an SMS; who gets both in the end is shown as such (JavaScript off)", async () => {
	await tellSimulator(on.app, { receipts: { deliveryMs: [200, 400], seenMs: [20_000, 20_000] } });
	const { page, mayAnswer } = await on.visit({ js: false, as: "client" });
	mayAnswer(422);
	await page.goto("/client/campaigns/new");
	await fillIn(page, { name: "Tulips", text: "Tulips are here, with a picture in Viber", numbers: NUMBERS });
	await page.locator("details.fallback > summary").click();
	await label(page, "fallback:form.way").selectOption("sms:DemoShop");
	await submitForm(page);
	// Its text is missing: everything else is kept.
	expect(await textAt(page.getByRole("alert"))).toContain(words("en", "campaigns:error.text_missing"));
	expect(await label(page, "fallback:form.way").inputValue()).toBe("sms:DemoShop");
	await label(page, "fallback:form.text").fill("Тюльпаны уже здесь");
	await submitForm(page);
	await page.waitForURL(/\/campaigns\/\d+\/review$/);
	const plan = await textAt(page.locator("main"));
	expect(plan).toContain("Тюльпаны уже здесь");
	expect(plan).toContain(words("en", "fallback:reason.not_on_channel"));
	expect(plan).toContain(words("en", "fallback:charged"));
	expect(plan).toContain(words("en", "campaigns:sms.ucs2"));
	await start(page);
	await untilState(page, "done");
	await until("the late ones to have come", async () => {
		await reload(page);
		return (await figure(page, "delivered")) === DELIVERED.length + LATE.length;
	});
	await until("every SMS to have arrived", async () => {
		await reload(page);
		return (await figure(page, "secondDelivered")) === NOT_ON_VIBER.length + LATE.length;
	});
	expect(await figure(page, "reached"), "each person once").toBe(NUMBERS.length - HAS_BLOCKED.length);
	expect(await page.locator("[data-late]").getAttribute("data-late")).toBe(String(LATE.length));
	const { counts } = await simulatorJournal(on.app, "twilio");
	const once = [...NOT_ON_VIBER, ...LATE].map((number) => [number.slice(1), 1]);
	expect(counts, "nobody else, nobody twice").toEqual(Object.fromEntries(once));

	await page.getByRole("link", { name: words("en", "campaigns:page.messages"), exact: true }).click();
	expect(await rowOf(page, LATE[0]!)).toContain(words("en", "fallback:message.both"));
	const alone = await rowOf(page, NOT_ON_VIBER[0]!);
	expect(alone).toContain(words("en", "campaigns:message.failed"));
	expect(alone).toContain(words("en", "campaigns:message.delivered"));
	expect(alone).not.toContain(words("en", "fallback:message.both"));
	await page.locator("tbody tr", { hasText: LATE[0]! }).getByRole("link").last().click();
	expect(await textAt(page.locator("main")), "the evidence of the second message").toContain("Тюльпаны уже здесь");

	await page.goto("/client/campaigns");
	expect(await countOf(page.locator("tbody tr")), "one campaign to whoever looks").toBe(1);
	const channel = words("en", "campaigns:channel.sms");
	const n = NOT_ON_VIBER.length;
	expect(await textAt(page.locator("tbody"))).toContain(words("en", "fallback:list", { channel, n }));
}, 240_000);

it("the form with a second way, and its pages, are light and readable by everybody", async () => {
	const { page, context } = await on.visit({ as: "client" });
	await page.goto("/client/campaigns");
	const campaign = await page.locator("tbody a").first().getAttribute("href");
	const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
	for (const path of ["/client/campaigns/new", campaign!, `${campaign}/messages`]) {
		await page.goto(path);
		await page.locator("main").waitFor();
		for (const details of await page.locator("details.fallback > summary").all()) await details.click();
		expect([path, await findViolations(page)]).toEqual([path, []]);
		const { htmlBytes, cssBytes } = await weighPage(on.app.url + path, cookie);
		expect([path, htmlBytes <= 6 * 1024, htmlBytes + cssBytes <= 14 * 1024, htmlBytes, cssBytes]).toEqual([
			path,
			true,
			true,
			htmlBytes,
			cssBytes,
		]);
	}
});
