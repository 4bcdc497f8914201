import type { Page } from "playwright-core";
import { until } from "./until.ts";
import { words } from "./words.ts";

type InputFile = string | { name: string; mimeType: string; buffer: Buffer };

/** What a person fills in; what is left out stays as the form has it. */
export interface Composed {
	name?: string;
	text?: string;
	numbers?: string[];
	file?: InputFile;
	/** The wall clock of the account. */
	startAt?: { date: string; time: string };
}

const label = (page: Page, key: string, language: string) => page.getByLabel(words(language, key), { exact: true });

/** Fills in the form of a campaign, which is open. */
export async function fillIn(page: Page, composed: Composed, language = "en"): Promise<void> {
	if (composed.name !== undefined) await label(page, "campaigns:form.name", language).fill(composed.name);
	if (composed.text !== undefined) await label(page, "campaigns:form.text", language).fill(composed.text);
	if (composed.startAt) {
		await label(page, "campaigns:form.later", language).check();
		await label(page, "campaigns:form.date", language).fill(composed.startAt.date);
		await label(page, "campaigns:form.time", language).fill(composed.startAt.time);
	}
	if (composed.numbers) await label(page, "audiences:form.paste", language).fill(composed.numbers.join("\n"));
	if (composed.file) await page.locator('input[type="file"]').setInputFiles(composed.file);
}

export async function submitForm(page: Page, language = "en"): Promise<void> {
	await page.getByRole("button", { name: words(language, "campaigns:form.submit"), exact: true }).click();
}

/** Writes a campaign and waits for its review, whose audience has been read. Resolves with its id. */
export async function compose(page: Page, composed: Composed, cabinet = "client"): Promise<number> {
	await page.goto(`/${cabinet}/campaigns/new`);
	await fillIn(page, composed);
	await submitForm(page);
	await page.waitForURL(/\/campaigns\/\d+\/review$/);
	// Where the balance is short there are two.
	await page.locator('button[name="deed"][value="start"]').first().waitFor();
	return campaignIdOf(page);
}

/** Presses the button of the review, whatever it says, and waits for the campaign's page. */
export async function start(page: Page): Promise<void> {
	await page.locator('button[name="deed"][value="start"]').click();
	await page.waitForURL(/\/campaigns\/\d+$/);
}

export async function sendCampaign(page: Page, composed: Composed, cabinet = "client"): Promise<number> {
	const id = await compose(page, composed, cabinet);
	await start(page);
	return id;
}

export function campaignIdOf(page: Page): number {
	return Number(/\/campaigns\/(\d+)/.exec(page.url())?.[1]);
}

/** A figure on the page: "1,204" is 1204. */
export async function figure(page: Page, name: string): Promise<number> {
	const text = await page.locator(`[data-figure="${name}"]`).first().textContent();
	return Number((text ?? "").replaceAll(/\D/g, ""));
}

/** The state in the campaign's header, as its word. */
export async function shownState(page: Page): Promise<string> {
	return ((await page.locator("main .head .status").textContent()) ?? "").trim();
}

/** Looks at the page, which moves by itself, until it shows the state. */
export async function untilState(page: Page, state: string): Promise<void> {
	const word = words("en", `campaigns:state.${state}`);
	await until(`the page to say "${word}"`, async () => (await shownState(page)) === word);
}
