import { beforeAll, expect, it } from "vitest";
import { pageRoutes } from "./harness/page-routes.ts";
import { type Scenes, setScenes } from "./harness/scenes.ts";
import { stage } from "./harness/story.ts";
import { weighPage } from "./harness/weigh-page.ts";
import { PAGES } from "./pages.ts";

const FIRST_VISIT_MAX = 14 * 1024;
const SECOND_PAGE_MAX = 6 * 1024;

const on = stage();
let scenes: Scenes;
beforeAll(async () => {
	scenes = await setScenes(on);
});

it("lists every page that there is", async () => {
	const listed = new Set(PAGES.map((page) => page.route));
	expect(
		(await pageRoutes()).filter((route) => !listed.has(route)),
		"add them to e2e/pages.ts",
	).toEqual([]);
});

it("lists no page that there is not, and no name twice", async () => {
	const routes = new Set(await pageRoutes());
	expect(PAGES.filter((page) => !routes.has(page.route)).map((page) => page.name)).toEqual([]);
	expect(new Set(PAGES.map((page) => page.name)).size).toBe(PAGES.length);
});

const fetched = PAGES.filter((page) => !page.act);
it.each(fetched.map((page) => [page.name, page] as const))("%s is light", async (_, listed) => {
	const visit = await on.visit({ as: listed.as });
	const cookie = (await visit.context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
	const weight = await weighPage(on.app.url + listed.path(scenes), cookie);
	expect(weight.status).toBe(listed.status ?? 200);
	expect(weight.styleSheets, "a page without a style sheet was not measured").not.toEqual([]);
	expect(weight.htmlBytes + weight.cssBytes, "HTML and CSS of a first visit").toBeLessThanOrEqual(FIRST_VISIT_MAX);
	expect(weight.htmlBytes, "HTML of a second page").toBeLessThanOrEqual(SECOND_PAGE_MAX);
});
