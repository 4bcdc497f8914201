import { type Browser, type BrowserContext, chromium, type Locator, type Page } from "playwright-core";
import { findChromium } from "./find-chromium.ts";

export interface VisitOptions {
	/** False: the page as a person without JavaScript has it. */
	js?: boolean;
	scheme?: "light" | "dark";
	/** The browser's language, e.g. "ar". */
	language?: string;
	width?: number;
	height?: number;
}

/** One person at a browser of their own: nothing is shared with other visits. */
export interface Visit {
	page: Page;
	context: BrowserContext;
	/** What went wrong on the pages so far, one line each. */
	problems: string[];
	/** Answers with these statuses are part of the story from now on. */
	mayAnswer(...statuses: number[]): void;
}

/** Only the last list of features counts, so that ours must hold playwright's own, as far as pages of one site need it. */
const PLAYWRIGHTS_OFF = [
	"AvoidUnnecessaryBeforeUnloadCheckSync",
	"DestroyProfileOnBrowserClose",
	"HttpsUpgrades",
	"HttpsFirstBalancedModeAutoEnable",
	"LensOverlay",
	"MediaRouter",
	"PaintHolding",
	"ThirdPartyStoragePartitioning",
	"OptimizationHints",
	"NetworkTimeServiceQuerying",
	"AimEnabled",
	"PreconnectToSearch",
];

/**
 * Every visit is a window of its own, and each window renders pages for its address bar that nobody sees, and keeps a renderer in
 * reserve: together more work than the pages of a story.
 */
const OFF = [
	"WebUIOmniboxPopup",
	"WebUIOmniboxAimPopup",
	"WebUIOmniboxFullPopup",
	"OmniboxAimPopup",
	"SpareRendererForSitePerProcess",
];

export async function openBrowser(): Promise<Browser> {
	const executablePath = findChromium();
	if (!executablePath) throw new Error("no Chromium found: set CHROMIUM to its path");
	const isRoot = process.getuid?.() === 0;
	// playwright gives every launch a new empty user-data folder.
	return chromium.launch({
		executablePath,
		args: [
			"--disable-gpu",
			"--disable-background-networking",
			"--disable-site-isolation-trials",
			`--disable-features=${[...PLAYWRIGHTS_OFF, ...OFF].join(",")}`,
			...(isRoot ? ["--no-sandbox"] : []),
		],
	});
}

const READS = [
	"allInnerTexts",
	"allTextContents",
	"count",
	"getAttribute",
	"innerText",
	"inputValue",
	"textContent",
] as const;
let doReadWholePages = false;

/**
 * A click ends when the next page begins to arrive: what is read at once, on a busy machine, may be its first half. So whatever is read
 * of a page waits until it has come whole.
 */
function readWholePages(page: Page): void {
	if (doReadWholePages) return;
	doReadWholePages = true;
	const locators = Object.getPrototypeOf(page.locator("html")) as Record<
		string,
		(...args: unknown[]) => Promise<unknown>
	>;
	for (const name of READS) {
		const read = locators[name]!;
		locators[name] = async function (this: Locator, ...args: unknown[]) {
			await this.page().waitForLoadState("domcontentloaded");
			return read.apply(this, args);
		};
	}
}

export async function openVisit(browser: Browser, baseUrl: string, options: VisitOptions = {}): Promise<Visit> {
	const context = await browser.newContext({
		baseURL: baseUrl,
		javaScriptEnabled: options.js ?? true,
		colorScheme: options.scheme ?? "light",
		locale: options.language ?? "en",
		viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
		// The blending from page to page costs a software-drawn browser more than the pages do.
		reducedMotion: "reduce",
	});
	context.setDefaultTimeout(120_000);
	const page = await context.newPage();
	readWholePages(page);
	const problems: string[] = [];
	const expected = new Set<number>();
	page.on("pageerror", (error) => problems.push(`script error: ${error.message}`));
	page.on("console", (message) => {
		// A bad answer is told by its status below; the browser's own line about it names no status that we could expect.
		if (message.type() !== "error" || message.text().startsWith("Failed to load resource")) return;
		problems.push(`console.error on ${page.url()}: ${message.text()}`);
	});
	page.on("response", (response) => {
		if (response.status() >= 400 && !expected.has(response.status()))
			problems.push(`${response.status()} for ${response.request().method()} ${response.url()}`);
	});
	page.on("requestfailed", (request) => {
		const text = request.failure()?.errorText ?? "";
		// Leaving a page ends its live stream, and a second click ends the first one's navigation.
		if (text !== "net::ERR_ABORTED") problems.push(`${text} for ${request.method()} ${request.url()}`);
	});
	const mayAnswer = (...statuses: number[]) => {
		for (const status of statuses) expected.add(status);
	};
	return { page, context, problems, mayAnswer };
}
