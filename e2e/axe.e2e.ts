import { beforeAll, describe, expect, it } from "vitest";
import { findViolations } from "./harness/find-violations.ts";
import { type Scenes, setScenes } from "./harness/scenes.ts";
import { stage } from "./harness/story.ts";
import { PAGES } from "./pages.ts";

const on = stage();
let scenes: Scenes;
beforeAll(async () => {
	scenes = await setScenes(on);
});

const looks = [
	{ scheme: "light", language: "en", width: 1280 },
	{ scheme: "dark", language: "en", width: 360 },
	{ scheme: "light", language: "ar", width: 360 },
	{ scheme: "dark", language: "ar", width: 1280 },
] as const;

describe.each(looks)("$scheme, $language, $width px", (look) => {
	it.each(PAGES.map((page) => [page.name, page] as const))(
		"%s: axe finds nothing, nothing sticks out",
		async (_, listed) => {
			const visit = await on.visit({ ...look, as: listed.as });
			if (listed.status) visit.mayAnswer(listed.status);
			await visit.page.goto(listed.path(scenes));
			await listed.act?.(visit.page, look.language);
			const { page } = visit;
			expect(await page.getAttribute("html", "dir")).toBe(look.language === "ar" ? "rtl" : "ltr");
			expect(await findViolations(page)).toEqual([]);
			const overflow = await page.evaluate(
				"document.documentElement.scrollWidth - document.documentElement.clientWidth",
			);
			expect(overflow, "CSS pixels wider than the window").toBe(0);
		},
	);
});
