import { expect, it } from "vitest";
import { sendCampaign, untilState } from "./harness/campaign.ts";
import { cued } from "./harness/numbers.ts";
import { reload } from "./harness/reload.ts";
import { simulatorJournal } from "./harness/simulator.ts";
import { stage } from "./harness/story.ts";
import { until } from "./harness/until.ts";
import { textAt, words } from "./harness/words.ts";

const on = stage();
const say = (key: string) => words("en", `stops:${key}`);
const [READER, STOPPED, BLOCKER] = [...cued("991001", 2), ...cued("997003", 1)] as [string, string, string];

it("who is on the list gets nothing, and the client sees why; who blocks the sender comes on it; taken back, they are written to", async () => {
	const { page, mayAnswer } = await on.visit({ as: "client", js: false });
	mayAnswer(422);
	const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
	await page.goto("/client/campaigns");
	await page
		.locator("nav.side")
		.getByRole("link", { name: words("en", "common:menu.stops"), exact: true })
		.click();
	await page.getByRole("link", { name: say("new.title"), exact: true }).click();
	await page.getByLabel(say("new.numbers"), { exact: true }).fill(`${STOPPED}\nhello`);
	await page.getByLabel(say("new.note"), { exact: true }).fill("Called us");
	await press(say("new.submit"));
	expect(await textAt(page.locator("#rejects .typed"))).toBe("hello");
	expect(await page.getByLabel(say("new.numbers"), { exact: true }).inputValue()).toBe("hello");
	await page.goto("/client/stops");
	expect(await textAt(page.locator("main tbody"))).toContain(STOPPED);

	const send = async () => {
		const before = (await simulatorJournal(on.app)).written;
		const id = await sendCampaign(page, { text: "Hello", numbers: [READER, STOPPED, BLOCKER] });
		await untilState(page, "done");
		return { id, written: (await simulatorJournal(on.app)).written - before };
	};
	const first = await send();
	expect(first.written).toBe(2);
	await page.goto(`/client/campaigns/${first.id}/messages?state=rejected`);
	const row = await textAt(page.locator("main tbody"));
	expect(row).toContain(STOPPED);
	expect(row).toContain(words("en", "causes:on_stop_list.what"));

	// What the blocker's phone said has come by now, or comes with the next look.
	await page.goto("/client/stops");
	await page.getByRole("link", { name: STOPPED, exact: true }).click();
	await press(say("lift.submit"));
	await page.waitForURL(/\/client\/stops$/);

	await until("the blocker to be on the list", async () => {
		await reload(page);
		return (await textAt(page.locator("main"))).includes(BLOCKER);
	});
	expect(await textAt(page.locator("main tbody"))).not.toContain(STOPPED);
	const second = await send();
	expect(second.written).toBe(2);
	await page.goto(`/client/campaigns/${second.id}/messages?state=rejected`);
	expect(await textAt(page.locator("main tbody"))).toContain(BLOCKER);
	await page.goto(`/client/stops?q=${encodeURIComponent(STOPPED)}`);
	expect(await textAt(page.locator("main tbody"))).toContain(say("state.lifted"));
});
