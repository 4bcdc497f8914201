import { describe, expect, it } from "vitest";
import { compose, figure, sendCampaign, start, untilState } from "./harness/campaign.ts";
import { cued } from "./harness/numbers.ts";
import { signIn } from "./harness/sign-in.ts";
import { simulatorJournal, tellSimulator } from "./harness/simulator.ts";
import { stage } from "./harness/story.ts";
import { until } from "./harness/until.ts";
import { wallClock } from "./harness/wall-clock.ts";
import { countOf } from "./harness/words.ts";

const on = stage();

/** 20 read it, 10 get it and do not look, 4 have no Viber. */
const NUMBERS = [...cued("991001", 20), ...cued("991000", 10), ...cued("997002", 4)];
const END = { sent: 30, delivered: 30, read: 20 };

type Page = Awaited<ReturnType<typeof on.visit>>["page"];

async function figures(page: Page): Promise<typeof END> {
	return {
		sent: await figure(page, "sent"),
		delivered: await figure(page, "delivered"),
		read: await figure(page, "read"),
	};
}

/** Looks at the page, which moves by itself, until it shows how it ended; each look shows no less than the one before. */
async function watchToTheEnd(page: Page): Promise<void> {
	const seen: (typeof END)[] = [];
	await until("everybody to have it", async () => {
		const now = await figures(page);
		seen.push(now);
		return now.sent === END.sent && now.delivered === END.delivered && now.read === END.read;
	});
	await untilState(page, "done");
	for (const [i, now] of seen.entries())
		for (const key of ["sent", "delivered", "read"] as const)
			expect(now[key], `${key} at look ${i}`).toBeGreaterThanOrEqual(seen[i - 1]?.[key] ?? 0);
	expect(seen[0]?.read, "the page was open before the first had read it").toBeLessThan(END.read);
}

describe.each([{ js: false }, { js: true }])("with JavaScript: $js", ({ js }) => {
	it("a client signs in, pastes numbers, reviews, sends, and sees sent, delivered and read go up", async () => {
		await tellSimulator(on.app, { answerMs: [300, 600], receipts: { deliveryMs: [300, 900], seenMs: [4_000, 8_000] } });
		const { page } = await on.visit({ js });
		await signIn(page, "client");
		await compose(page, {
			name: "Spring",
			text: "Tulips are here. −20% today.",
			numbers: [...NUMBERS, "12", NUMBERS[0]!],
		});
		expect(await page.locator('[data-count="valid"] dd').textContent()).toBe("34");
		expect(await page.locator('[data-count="duplicate"] dd').textContent()).toBe("1");
		expect(await page.locator('[data-count="bad"] dd').textContent()).toBe("1");
		expect(await countOf(page.locator("#rejects tbody tr")), "each that is left out, with its reason").toBe(2);
		expect(await page.locator('button[value="start"]').textContent()).toContain("34");
		await start(page);
		await watchToTheEnd(page);
		// A live page fetches the words some seconds after the figure.
		await until("what went wrong, in words", async () => (await countOf(page.locator(".causes li"))) === 1);
	});

	it("the same with a CSV file", async () => {
		await tellSimulator(on.app, { answerMs: [300, 600] });
		const { page } = await on.visit({ js, as: "client" });
		const rows = NUMBERS.map((number, i) => `Person ${i};${number};Kyiv`);
		const buffer = Buffer.from(["Name;Phone;Town", ...rows].join("\r\n"));
		await compose(page, { text: "By file", file: { name: "people.csv", mimeType: "text/csv", buffer } });
		expect(await page.locator('[data-count="valid"] dd').textContent()).toBe("34");
		await start(page);
		await watchToTheEnd(page);
	});
});

it("a campaign scheduled for the next minute starts by itself", async () => {
	const { page } = await on.visit({ as: "client2" });
	const numbers = cued("991006", 1);
	await sendCampaign(page, { text: "Later", numbers, startAt: wallClock("Europe/Kyiv", 65_000) });
	await untilState(page, "scheduled");
	const { counts } = await simulatorJournal(on.app);
	expect(
		numbers.map((number) => counts[number.slice(1)]),
		"nobody is written to ahead of time",
	).toEqual([undefined]);
	await untilState(page, "done");
	await until("the person to have read it", async () => (await figure(page, "read")) === 1);
}, 180_000);
