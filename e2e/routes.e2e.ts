import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { inBooks } from "./harness/books.ts";
import { callJob } from "./harness/call-job.ts";
import { sendCampaign } from "./harness/campaign.ts";
import { cued } from "./harness/numbers.ts";
import { reload } from "./harness/reload.ts";
import { fillInRoute, makeRoute } from "./harness/route.ts";
import { stage } from "./harness/story.ts";
import { until } from "./harness/until.ts";
import { countOf, textAt, words } from "./harness/words.ts";

const on = stage();
const say = (key: string, values = {}) => words("en", `routing:${key}`, values);
const press = (page: Page, text: string) => page.getByRole("button", { name: text, exact: true }).click();
const follow = (page: Page, text: string) => page.getByRole("link", { name: text, exact: true }).click();

/** A second provider beside the demo's; nothing is sent by it. */
function addSecond(): void {
	inBooks(
		on.app,
		`INSERT INTO providers (account_id, name, adapter, channel, state, sealed_settings, bulk_size, connections, created_at_utc)
		 SELECT account_id, 'Second', adapter, channel, 'active', sealed_settings, 1, 1, 1 FROM providers WHERE name = 'Simulator'`,
	);
}

it("the admin makes a route, is told what is wrong with it, tries it out, changes and deletes it", async () => {
	addSecond();
	const { page, mayAnswer } = await on.visit({ js: false, as: "admin" });
	mayAnswer(422);
	await page.goto("/admin/campaigns");
	await follow(page, words("en", "common:menu.routes"));
	expect(await textAt(page.locator("main"))).toContain(say("empty"));
	await follow(page, say("new.title"));
	await follow(page, "Viber");
	await fillInRoute(page, { account: "nobody-at-all", country: "Narnia" });
	await press(page, say("new.submit"));
	const alert = page.getByRole("alert");
	expect(await textAt(alert)).toContain(say("error.country"));
	expect(await page.getByLabel(say("country"), { exact: true }).inputValue(), "what was typed").toBe("Narnia");
	await fillInRoute(page, { country: "Ukraine", steps: { Second: { tier: 1, weight: 0 } } });
	await press(page, say("new.submit"));
	expect(await textAt(alert)).toContain(say("error.weight", { max: 1000 }));
	await fillInRoute(page, { steps: { Second: { tier: 1, weight: 30 }, Simulator: { tier: 1, weight: 70 } } });
	await press(page, say("new.submit"));
	expect(await textAt(alert)).toContain(say("error.account"));
	await fillInRoute(page, { account: "client" });
	await press(page, say("new.submit"));
	await page.waitForURL(/\/admin\/routes$/);
	expect(await textAt(page.locator("tbody"))).toMatch(/Ukraine.*Simulator × 70.*Second × 30/s);

	await follow(page, say("try.title"));
	await page.getByLabel(say("try.number"), { exact: true }).fill("+380501234567");
	await page.getByLabel(say("account"), { exact: true }).fill("client");
	await press(page, say("try.submit"));
	expect(await textAt(page.getByRole("status"))).toMatch(/Simulator.*Second/s);
	expect(await textAt(page.locator("main tbody"))).toContain(say("verdict.taken", { share: "70%" }));
	await page.getByLabel(say("try.number"), { exact: true }).fill("12");
	await press(page, say("try.submit"));
	expect(await textAt(alert)).toContain(words("en", "audiences:reasons.too_short"));

	await follow(page, "Viber");
	await page.locator("main tbody a").first().click();
	await fillInRoute(page, { steps: { Simulator: { tier: 2 } } });
	await press(page, say("edit.submit"));
	await page.waitForURL(/\/admin\/routes$/);
	expect(await textAt(page.locator("tbody"))).toMatch(/1\. *Second.*2\. *Simulator/s);
	await page.locator("main tbody a").first().click();
	await follow(page, say("delete.title"));
	await press(page, say("delete.submit"));
	await page.waitForURL(/\/admin\/routes$/);
	expect(await textAt(page.locator("main"))).toContain(say("empty"));
});

it("of two who change a route at once the second is shown what the first has made of it, and loses no word", async () => {
	const first = await on.visit({ js: false, as: "admin" });
	const second = await on.visit({ js: false, as: "admin" });
	second.mayAnswer(409);
	const id = await makeRoute(first.page, { channel: "viber", country: "Poland", steps: { Simulator: { tier: 1 } } });
	for (const { page } of [first, second]) await page.goto(`/admin/routes/${id}`);
	await fillInRoute(first.page, { country: "Italy" });
	await press(first.page, say("edit.submit"));
	await first.page.waitForURL(/\/admin\/routes$/);
	await fillInRoute(second.page, { country: "Spain" });
	await press(second.page, say("edit.submit"));
	expect(await textAt(second.page.getByRole("alert").first())).toMatch(/Italy/);
	expect(await second.page.getByLabel(say("country"), { exact: true }).inputValue()).toBe("Spain");
	await press(second.page, say("edit.submit"));
	await second.page.waitForURL(/\/admin\/routes$/);
	expect(await textAt(second.page.locator("tbody"))).toContain("Spain");
});

it("the admin writes down a provider's costs and limits, and is told what is wrong with them", async () => {
	const { page, mayAnswer } = await on.visit({ js: false, as: "admin" });
	mayAnswer(422);
	await page.goto("/admin/providers");
	await follow(page, "Simulator");
	await follow(page, words("en", "providers:tabs.costs"));
	const costs = page.getByLabel(words("en", "costs:label", { currency: "EUR" }), { exact: true });
	await costs.fill("UA; *; 0.0083\nNarnia 1");
	await press(page, words("en", "costs:submit"));
	expect(await textAt(page.getByRole("alert"))).toContain(words("en", "costs:error.lines", { lines: "2" }));
	expect(await costs.inputValue(), "what was typed").toContain("Narnia 1");
	await costs.fill("UA; *; 0.0083\n* 0.01");
	await press(page, words("en", "costs:submit"));
	expect(await costs.inputValue()).toBe("*; *; 0.01\nUA; *; 0.0083");
	await follow(page, words("en", "providers:tabs.limits"));
	const perSecond = page.getByLabel(words("en", "limits:field.perSecond"), { exact: true });
	await perSecond.fill("none");
	await press(page, words("en", "limits:submit"));
	expect(await textAt(page.getByRole("alert"))).toContain(words("en", "limits:error.whole", { max: 100_000 }));
	await perSecond.fill("200");
	await press(page, words("en", "limits:submit"));
	await reload(page);
	expect(await perSecond.inputValue()).toBe("200");
	await page.goto("/admin/routes/try?number=%2B380501234567&channel=viber&kind=text");
	expect(await textAt(page.getByRole("status"))).toContain("0.0083");
});

it("the admin sees what a provider did: its share, what was delivered and how soon, its errors by cause, country and hour", async () => {
	const client = await on.visit({ js: false, as: "client" });
	// By the simulator's cues: some are delivered, some are of nobody who has Viber.
	await sendCampaign(client.page, { text: "Figures", numbers: [...cued("991001", 30), ...cued("997002", 10)] });
	const { page } = await on.visit({ js: false, as: "admin" });
	await page.goto("/admin/providers");
	await follow(page, "Simulator");
	await follow(page, words("en", "providers:tabs.figures"));
	const figure = (key: string) =>
		page.locator("dl.facts dt", { hasText: words("en", `figures:${key}`) }).locator("xpath=following-sibling::dd[1]");
	await until("the figures", async () => {
		await callJob(on.app, "watch-providers");
		await reload(page);
		return (await countOf(page.locator("dl.facts"))) > 0 && (await textAt(figure("delivered"))) === "75%";
	});
	expect(await textAt(figure("tried"))).toBe("40");
	expect(await textAt(figure("channel_share"))).toBe("100%");
	const tables = await textAt(page.locator("main"));
	expect(tables).toContain(words("en", "figures:by_cause"));
	expect(tables).toMatch(/Ukraine/);
	await follow(page, words("en", "figures:period.month"));
	expect(await textAt(page.locator("main"))).toContain(words("en", "figures:by_day"));
});
