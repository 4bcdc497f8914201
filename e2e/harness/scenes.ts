import type { Stage } from "./open-stage.ts";

/** What there is to see once the scenes are set. */
export interface Scenes {
	/** By who looks: an account below theirs. */
	accountOf: { dealer: number; admin: number };
}

/** Does what people do in a day: campaigns of every state, with real failures. */
export async function setScenes(on: Stage): Promise<Scenes> {
	return { accountOf: { dealer: await firstAccount(on, "dealer"), admin: await firstAccount(on, "admin") } };
}

/** Id of the first account in the list of those below. */
async function firstAccount(on: Stage, as: "dealer" | "admin"): Promise<number> {
	const { page } = await on.visit({ as, js: false });
	await page.goto(`/${as}/accounts`);
	const address = await page.locator("main table a").first().getAttribute("href");
	return Number(/\/accounts\/(\d+)$/.exec(address ?? "")?.[1]);
}
