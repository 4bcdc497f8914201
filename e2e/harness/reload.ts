import type { Page } from "playwright-core";
import { until } from "./until.ts";

/**
 * Loads the page again. Where it has just begun to do so by itself, as campaigns do without JavaScript, the browser breaks that off, and
 * the news of it is taken for the end of this one.
 */
export async function reload(page: Page): Promise<void> {
	await until("the page to be loaded again", async () => {
		await page.reload();
		return true;
	});
}
