import { beforeEach, expect, it } from "vitest";
import { campaignIdOf, compose, figure, sendCampaign, shownState, start, untilState } from "./harness/campaign.ts";
import { cued, many } from "./harness/numbers.ts";
import { reload } from "./harness/reload.ts";
import { resetSimulator, simulatorJournal, tellSimulator } from "./harness/simulator.ts";
import { stage } from "./harness/story.ts";
import { until } from "./harness/until.ts";
import { countOf, words } from "./harness/words.ts";

const on = stage();
/** More than all calls at once carry, so that there is something left to stop. */
const MANY = 6_000;
/** Campaigns so far: each goes to people of its own. */
let campaigns = 0;
const OTHERS = 4;
/** Times that others were written to so far. */
let others = 0;

type Page = Awaited<ReturnType<typeof on.visit>>["page"];

const button = (page: Page, key: string) => page.getByRole("button", { name: words("en", key), exact: true });
const written = async () => (await simulatorJournal(on.app)).written;

beforeEach(async () => {
	await resetSimulator(on.app);
	await tellSimulator(on.app, { answerMs: [2_500, 2_500], receipts: { deliveryMs: [200, 600], seenMs: [300, 900] } });
});

/** Uploads many, starts, and waits for the first to have been written to. */
async function sendToMany(page: Page): Promise<void> {
	const numbers = many(MANY, 1_000_000 + campaigns++ * 100_000);
	const file = { name: "many.txt", mimeType: "text/plain", buffer: Buffer.from(numbers.join("\n")) };
	await sendCampaign(page, { text: "To many", file });
	await until("the first call", async () => (await written()) > 0);
	await reload(page);
}

/** Somebody else's campaign that is begun now is done: sending goes on, and what was about to be called has had its time. */
async function letOthersPass(): Promise<void> {
	const { page } = await on.visit({ as: "client3" });
	const first = others++ * OTHERS;
	await sendCampaign(page, { text: "Afterwards", numbers: cued("991000", first + OTHERS).slice(first) });
	await untilState(page, "done");
	await page.context().close();
}

/**
 * Looks until who was written to and whom the page calls left over are together everybody, which is so for good once the calls under way
 * at the stop have ended: others may overtake these (another provider, a free connection), so that no single look is the last.
 *
 * @returns how many were written to.
 */
async function untilTheRestIs(page: Page, name: string): Promise<number> {
	return until(`who was written to and ${name} to be everybody`, async () => {
		const gone = (await written()) - OTHERS;
		await reload(page);
		const left = await figure(page, name);
		if (gone + left === MANY) return gone;
		throw new Error(`${gone} + ${left}`);
	});
}

it.each([false, true])("pause stops the rest, resume sends it, nobody gets it twice (JavaScript: %s)", async (js) => {
	const { page } = await on.visit({ js, as: "client" });
	await sendToMany(page);
	await button(page, "campaigns:deed.pause").click();
	await untilState(page, "paused");
	await letOthersPass();
	const atPause = await untilTheRestIs(page, "exactly-waiting");
	expect(atPause).toBeLessThan(MANY);
	await letOthersPass();
	expect(await written(), "a paused campaign writes to nobody").toBe(atPause + 2 * OTHERS);
	await tellSimulator(on.app, { answerMs: [0, 0] });
	await button(page, "campaigns:deed.resume").click();
	await untilState(page, "done");
	const all = MANY + 2 * OTHERS;
	expect(await simulatorJournal(on.app)).toMatchObject({ written: all, recipients: all, repeated: {} });
});

it.each([false, true])("cancel asks once, then the rest is never sent (JavaScript: %s)", async (js) => {
	const { page } = await on.visit({ js, as: "client" });
	await sendToMany(page);
	await page.getByRole("link", { name: words("en", "campaigns:deed.cancel"), exact: true }).click();
	await page.waitForURL(/\/cancel$/);
	await button(page, "campaigns:cancel.submit").click();
	await untilState(page, "cancelled");
	await letOthersPass();
	const gone = await untilTheRestIs(page, "exactly-cancelled");
	expect(gone).toBeLessThan(MANY);
	await letOthersPass();
	expect(await written(), "a cancelled campaign writes to nobody").toBe(gone + 2 * OTHERS);
	expect(await countOf(button(page, "campaigns:deed.resume")), "what is cancelled cannot be resumed").toBe(0);
});

it("the button of a stale page says what has changed and does nothing", async () => {
	const { page } = await on.visit({ js: false, as: "client" });
	await sendToMany(page);
	const stale = await on.visit({ js: false, as: "client" });
	await stale.page.goto(`${page.url()}/cancel`);
	await button(page, "campaigns:deed.pause").click();
	await untilState(page, "paused");
	stale.mayAnswer(409);
	await button(stale.page, "campaigns:cancel.submit").click();
	const said = (await stale.page.getByRole("alert").textContent())?.trim();
	expect(said).toBe(words("en", "campaigns:stale.paused"));
	await reload(page);
	expect(await shownState(page)).toBe(words("en", "campaigns:state.paused"));
});

it("a review that was sent from another window leads to the campaign, and starts it once", async () => {
	const first = await on.visit({ js: false, as: "client2" });
	const numbers = cued("991003", 3);
	const id = await compose(first.page, { text: "Once", numbers });
	const second = await on.visit({ js: false, as: "client2" });
	await second.page.goto(first.page.url());
	await start(first.page);
	await start(second.page);
	expect(campaignIdOf(second.page)).toBe(id);
	await untilState(second.page, "done");
	const { counts } = await simulatorJournal(on.app);
	expect(numbers.map((number) => counts[number.slice(1)])).toEqual([1, 1, 1]);
});
