import { buildWeb } from "#bin/build/build-web.ts";
import { findChromium } from "./find-chromium.ts";

/** Vitest's global set-up: the pages are built from the sources as they are now, once for all files. */
export default async function buildOnce(): Promise<void> {
	if (!findChromium()) throw new Error("the stories need a browser: install Chromium, or set CHROMIUM to its path");
	await buildWeb(() => {});
}
