import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { builtRoutes } from "./harness/built-routes.ts";
import { clicksFrom } from "./harness/crawl.ts";
import { bringAxe, findViolations } from "./harness/find-violations.ts";
import { findKeyboardTrouble } from "./harness/keyboard.ts";
import { pageRoutes } from "./harness/page-routes.ts";
import { type Scenes, setScenes } from "./harness/scenes.ts";
import { stage } from "./harness/story.ts";
import { weighPage } from "./harness/weigh-page.ts";
import { type ListedPage, PAGES } from "./pages.ts";

/** Bytes over the wire, compressed with brotli: HTML and CSS of a first visit, HTML of a second page. */
const FIRST_VISIT_MAX = 14 * 1024;
const SECOND_PAGE_MAX = 6 * 1024;

const HEIGHT = 800;
const CLICKS_MAX = 3;
/** Pages that only answer a form: what comes before them is within reach. */
const BY_FORM_ONLY = ["settings+/second-factor+/confirm"];
/** Who looks for the pages of a cabinet: a page that only some come to is looked for by them. */
const LOOKS_ROUND = { client: ["client"], dealer: ["dealer", "dealer2"], admin: ["admin"] } as const;
/** Offered to whoever has a second factor: of these visitors the second dealer. The links are the same in every cabinet. */
const WITH_FACTOR = ["settings+/second-factor+/codes", "settings+/second-factor+/off"];
/** One message of thousands: a dealer, whose first page is its accounts, comes to it by campaigns, campaign and recipients. */
const OF_ONE_MESSAGE = "campaigns+/$id+/messages_.$messageId";

/** Between them both schemes, both directions, both widths; then the window is drawn to the other width. */
const LOOKS = [
	{ scheme: "light", language: "en", width: 1280, otherWidth: 360, and: ", the keyboard comes to everything" },
	{ scheme: "dark", language: "ar", width: 360, otherWidth: 1280, and: "" },
] as const;

/** Pages that several cabinets have are looked at twice in one of them; in the others each page has one look, the next page the other. */
function isLookedAt(page: ListedPage, look: number): boolean {
	const [, cabinet, shared] = /^routes\/(\w+)\+\/(every|reseller)\//.exec(page.route) ?? [];
	if (!shared || cabinet === (shared === "every" ? "client" : "dealer")) return true;
	return PAGES.indexOf(page) % LOOKS.length === look;
}

async function widthBeyond(page: Page): Promise<string[]> {
	const [window, beyond] = await page.evaluate<[number, number]>(
		"[document.documentElement.clientWidth, document.documentElement.scrollWidth - document.documentElement.clientWidth]",
	);
	return beyond > 0 ? [`${beyond} px wider than the window of ${window}`] : [];
}

const on = stage();
let scenes: Scenes;
beforeAll(async () => {
	scenes = await setScenes(on);
	await on.endVisits();
});

it("the list holds every page that there is, and no name twice", async () => {
	const routes = await pageRoutes();
	const listed = new Set(PAGES.map((page) => page.route));
	expect(
		routes.filter((route) => !listed.has(route)),
		"add them to e2e/pages.ts",
	).toEqual([]);
	expect(PAGES.filter((page) => !routes.includes(page.route)).map((page) => page.name)).toEqual([]);
	expect(new Set(PAGES.map((page) => page.name)).size).toBe(PAGES.length);
});

const visitors = [undefined, "client", "client3", "dealer", "dealer2", "admin"] as const;
const pagesOf = (as: (typeof visitors)[number]) => PAGES.filter((page) => page.as === as);

it("every page is of one of the visitors below", () => {
	expect(visitors.flatMap(pagesOf)).toHaveLength(PAGES.length);
});

describe.each(visitors.map((as) => ({ as })))("pages of $as", ({ as }) => {
	it("are light: at most 14 KB at a first visit, 6 KB from the second page on", async () => {
		const visit = await on.visit({ as });
		const cookie = (await visit.context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
		const found: string[] = [];
		for (const listed of pagesOf(as).filter((page) => !page.act)) {
			const weight = await weighPage(on.app.url + listed.path(scenes), cookie);
			expect(weight.status, listed.name).toBe(listed.status ?? 200);
			expect(weight.styleSheets, "a page without a style sheet was not measured").not.toEqual([]);
			const first = weight.htmlBytes + weight.cssBytes;
			if (first > FIRST_VISIT_MAX) found.push(`${listed.name}: ${first} bytes of HTML and CSS`);
			if (weight.htmlBytes > SECOND_PAGE_MAX) found.push(`${listed.name}: ${weight.htmlBytes} bytes of HTML`);
		}
		expect(found).toEqual([]);
	});

	it.each(LOOKS)(
		"$scheme, $language: axe finds nothing, nothing sticks out$and",
		{
			timeout: 900_000,
		},
		async (look) => {
			const { page, mayAnswer } = await on.visit({ ...look, as });
			await bringAxe(page);
			mayAnswer(...pagesOf(as).flatMap(({ status }) => status ?? []));
			const found: string[] = [];
			for (const listed of pagesOf(as).filter((one) => isLookedAt(one, LOOKS.indexOf(look)))) {
				await page.setViewportSize({ width: look.width, height: HEIGHT });
				await page.goto(listed.path(scenes));
				await listed.act?.(page, look.language);
				expect(await page.getAttribute("html", "dir")).toBe(look.language === "ar" ? "rtl" : "ltr");
				const trouble = [await findViolations(page), await widthBeyond(page)];
				// The order of the stops is the same in the other look.
				if (look.and) trouble.push(await findKeyboardTrouble(page));
				await page.setViewportSize({ width: look.otherWidth, height: HEIGHT });
				trouble.push(await widthBeyond(page));
				found.push(...trouble.flat().map((one) => `${listed.name}: ${one}`));
			}
			expect(found).toEqual([]);
		},
	);
});

describe.each(["client", "dealer", "admin"] as const)("the cabinet of a %s", (cabinet) => {
	it("has no page that is more than three clicks from its first one", async () => {
		const routes = await builtRoutes();
		const clicks = new Set<string>();
		for (const as of LOOKS_ROUND[cabinet]) {
			const { context } = await on.visit({ as });
			const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
			const at = { baseUrl: on.app.url, cookie, first: `/${cabinet}`, routes };
			for (const id of (await clicksFrom(at, CLICKS_MAX)).keys()) clicks.add(id);
		}
		const elsewhere = cabinet === "dealer" ? [...BY_FORM_ONLY, OF_ONE_MESSAGE] : [...BY_FORM_ONLY, ...WITH_FACTOR];
		const pages = routes.filter((route) => route.hasPage && route.path.startsWith(`/${cabinet}/`));
		expect(pages.length).toBeGreaterThan(5);
		const far = pages.filter(({ id }) => !clicks.has(id) && !elsewhere.some((end) => id.endsWith(end)));
		expect(far.map(({ path }) => path)).toEqual([]);
	});
});
