import type { Page } from "playwright-core";
import { words } from "./words.ts";

const say = (key: string) => words("en", `routing:${key}`);

export interface RouteWish {
	channel: "viber" | "whatsapp" | "sms";
	/** Login or id; left out: everybody. */
	account?: string;
	country?: string;
	/** By the provider's name: its order and weight. */
	steps: Record<string, { tier: number; weight?: number }>;
}

/** Fills in the form of a route, which is open. */
export async function fillInRoute(page: Page, wish: Partial<RouteWish>): Promise<void> {
	if (wish.account !== undefined) await page.getByLabel(say("account"), { exact: true }).fill(wish.account);
	if (wish.country !== undefined) await page.getByLabel(say("country"), { exact: true }).fill(wish.country);
	for (const [name, { tier, weight }] of Object.entries(wish.steps ?? {})) {
		const line = page.locator("fieldset").filter({ hasText: name });
		await line.getByLabel(say("tier"), { exact: true }).selectOption(tier ? String(tier) : "");
		if (weight !== undefined) await line.getByLabel(say("weight"), { exact: true }).fill(String(weight));
	}
}

/** Makes a route by the form; resolves with its id, the newest of its channel. */
export async function makeRoute(
	page: Page,
	wish: RouteWish = { channel: "viber", country: "Poland", steps: { Simulator: { tier: 1 } } },
): Promise<number> {
	await page.goto(`/admin/routes/new?channel=${wish.channel}`);
	await fillInRoute(page, wish);
	await page.getByRole("button", { name: say("new.submit"), exact: true }).click();
	await page.waitForURL(/\/admin\/routes$/);
	const address = await page.locator("main tbody a[href^='/admin/routes/']").last().getAttribute("href");
	return Number(/\d+$/.exec(address ?? "")?.[0]);
}
