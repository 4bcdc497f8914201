import { expect, it } from "vitest";
import { fillIn, sendCampaign, start, submitForm, untilState } from "./harness/campaign.ts";
import { cued, many } from "./harness/numbers.ts";
import { simulatorJournal, tellSimulator } from "./harness/simulator.ts";
import { stage } from "./harness/story.ts";
import { until } from "./harness/until.ts";
import { textAt, words } from "./harness/words.ts";

const settings = { SWEEP_INTERVAL_MS: "300", FAILOVER_STEP_MS: "500", ASK_AFTER_MS: "1000" };
const on = stage(settings, { hasSecondViber: true });

it("a newcomer sees two providers share Viber, kills the first, and everybody is written to once by the other", async () => {
	const admin = (await on.visit({ js: false, as: "admin" })).page;
	await admin.goto("/admin/routes");
	expect(await textAt(admin.locator("tbody"))).toMatch(/Simulator × 70.*Demo Vonage × 30/s);
	const { page } = await on.visit({ js: false, as: "client" });
	await tellSimulator(on.app, { mix: [{ do: "close", share: 1 }] });
	await sendCampaign(page, { text: "The first is dead", numbers: many(600) });
	const carried = async () => (await simulatorJournal(on.app, "vonage")).recipients;
	await until("the second to have carried them all", async () => (await carried()) === 600);
	await untilState(page, "done");
	const [first, second] = [await simulatorJournal(on.app), await simulatorJournal(on.app, "vonage")];
	expect([first.written, second.written, second.repeated]).toEqual([0, 600, {}]);
}, 300_000);

it("whom the second provider for Viber does not reach gets an SMS, too", async () => {
	await tellSimulator(on.app, { receipts: { deliveryMs: [50, 100] } }, "vonage");
	await tellSimulator(on.app, { mix: [{ do: "close", share: 1 }] });
	const { page } = await on.visit({ js: false, as: "client" });
	await page.goto("/client/campaigns/new");
	await fillIn(page, { text: "By Viber, or else by SMS", numbers: [...cued("997002", 3), ...cued("991000", 3)] });
	await page.locator("details.fallback > summary").click();
	await page.getByLabel(words("en", "fallback:form.way"), { exact: true }).selectOption("sms:DemoShop");
	await page.getByLabel(words("en", "fallback:form.text"), { exact: true }).fill("By SMS");
	await submitForm(page);
	await page.waitForURL(/\/campaigns\/\d+\/review$/);
	await page.locator('button[name="deed"][value="start"]').waitFor();
	await start(page);
	const told = async () => Object.keys((await simulatorJournal(on.app, "twilio")).counts).sort();
	const wanted = cued("997002", 3).map((number) => number.slice(1));
	await until("the SMS", async () => (await told()).length >= wanted.length);
	await untilState(page, "done");
	expect(await told()).toEqual(wanted.sort());
}, 300_000);
