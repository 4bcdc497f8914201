import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Stage } from "../harness/open-stage.ts";
import type { Scenes } from "../harness/scenes.ts";
import type { ListedPage } from "../pages.ts";

export const WIDTHS = [360, 1280] as const;
export const SCHEMES = ["light", "dark"] as const;
/** Left to right, and right to left. */
export const LANGUAGES = ["en", "ar"] as const;

export interface Shot {
	page: ListedPage;
	width: number;
	scheme: "light" | "dark";
	language: string;
	/** Relative to the gallery's folder. */
	file: string;
	/** CSS pixels that the page is wider than the window: something sticks out. */
	overflow: number;
	problems: string[];
}

/** Photographs every page in every width, scheme and direction into `folder`, which is emptied first. */
export async function takeShots(of: {
	on: Stage;
	pages: ListedPage[];
	scenes: Scenes;
	folder: string;
	onShot: (shot: Shot) => void;
}): Promise<Shot[]> {
	rmSync(of.folder, { recursive: true, force: true });
	mkdirSync(of.folder, { recursive: true });
	const shots: Shot[] = [];
	for (const width of WIDTHS)
		for (const scheme of SCHEMES)
			for (const language of LANGUAGES)
				for (const page of of.pages) {
					const shot = await takeShot(of, { page, width, scheme, language });
					of.onShot(shot);
					shots.push(shot);
				}
	return shots;
}

async function takeShot(
	of: Parameters<typeof takeShots>[0],
	look: { page: ListedPage; width: number; scheme: "light" | "dark"; language: string },
): Promise<Shot> {
	const { page: listed, width, scheme, language } = look;
	const visit = await of.on.visit({ width, height: width < 640 ? 740 : 800, scheme, language, as: listed.as });
	try {
		if (listed.status) visit.mayAnswer(listed.status);
		await visit.page.goto(listed.path(of.scenes));
		await listed.act?.(visit.page, language);
		const file = `${listed.name}-${width}-${scheme}-${language}.png`;
		await visit.page.screenshot({ path: join(of.folder, file), fullPage: true, animations: "disabled" });
		const overflow = await visit.page.evaluate<number>(
			"document.documentElement.scrollWidth - document.documentElement.clientWidth",
		);
		return { ...look, file, overflow, problems: visit.problems };
	} finally {
		await of.on.endVisits();
	}
}
