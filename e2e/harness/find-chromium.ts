import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

// The shell first: without windows that nobody sees it does the same pages for half of the work.
const PLACES = [
	"/usr/lib/chromium/chromium-headless-shell",
	"/usr/bin/chromium",
	"/usr/bin/chromium-browser",
	"/usr/bin/google-chrome",
	"/snap/bin/chromium",
	"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
	"/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** The browser that stories run in: CHROMIUM, else where systems put it. Undefined where there is none. */
export function findChromium(): string | undefined {
	const given = process.env.CHROMIUM;
	if (given) {
		if (!existsSync(given)) throw new Error(`CHROMIUM names ${given}, which does not exist`);
		return given;
	}
	return [...PLACES, chromium.executablePath()].find((path) => path && existsSync(path));
}
