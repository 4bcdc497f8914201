import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Page } from "playwright-core";
import type { App } from "./start-app.ts";
import { textAt, words } from "./words.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** "EUR 1,234.5678", "−0.25" or "+12.50", as English pages write it → micro-units. */
export function microsOf(said: string): number {
	const found = /^[^\d+\-−]*([+\-−]?)[^\d]*([\d,]+)(?:\.(\d{1,6}))?\D*$/.exec(said);
	if (!found) throw new Error(`no sum: "${said}"`);
	const sign = found[1] === "-" || found[1] === "−" ? -1 : 1;
	return sign * (Number(found[2]!.replaceAll(",", "")) * 1_000_000 + Number((found[3] ?? "").padEnd(6, "0")));
}

/** A sum among the facts of the page that is open, in micro-units; undefined: the page does not tell it. */
export async function factMicros(page: Page, term: string): Promise<number | undefined> {
	const fact = page.locator("main dl.facts dt", { hasText: new RegExp(`^${escaped(words("en", term))}$`) });
	await page.waitForLoadState("domcontentloaded");
	if ((await fact.count()) === 0) return undefined;
	return microsOf(await textAt(fact.first().locator("xpath=following-sibling::dd[1]")));
}

/** What an account's page of money says that it has. */
export async function balanceOn(page: Page, address: string): Promise<{ available: number; held: number }> {
	await page.goto(address);
	const [available, held] = [
		await factMicros(page, "money:balance.available"),
		await factMicros(page, "money:balance.held"),
	];
	return { available: available!, held: held! };
}

/** A statement's lines of one book by what they are called, in micro-units. */
export async function statementOf(page: Page, cabinet: string, book: string): Promise<Record<string, number>> {
	await page.goto(`/${cabinet}/money/statement`);
	const table = page.locator("main table", { has: page.locator("caption", { hasText: exact(`money:book.${book}`) }) });
	await page.waitForLoadState("domcontentloaded");
	const lines: Record<string, number> = {};
	for (const row of await table.locator("tbody tr").all()) {
		const cells = (await row.locator("td").allTextContents()).map((cell) => cell.trim());
		lines[cells[0]!] = microsOf(cells[2]!);
	}
	return lines;
}

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
const exact = (key: string) => new RegExp(`^${escaped(words("en", key))}$`);

/** Fills in a form that moves money, which is open, and waits until it has moved. */
export async function moveMoney(page: Page, amount?: string): Promise<void> {
	if (amount !== undefined)
		await page.getByLabel(words("en", "money:amount", { currency: "EUR" }), { exact: true }).fill(amount);
	await page.locator("main form[method=post] button[type=submit]").click();
	await page.waitForURL(/\/money\?done=\d+$/);
}

/** `npm run prove` beside the running installation: what it says. @throws where it finds a difference */
export async function proveBooks(app: App): Promise<string> {
	const { stdout } = await promisify(execFile)(process.execPath, ["bin/prove.ts"], {
		cwd: root,
		env: { ...process.env, NODE_ENV: "" as never, DATA_DIR: app.dataDir },
	});
	return stdout.trim();
}
