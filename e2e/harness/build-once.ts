import { buildWeb } from "#bin/build/build-web.ts";
import { findChromium } from "./find-chromium.ts";
import { makeTemplate } from "./template.ts";

/** Vitest's global set-up: the pages are built from the sources as they are now, and an installation made, once for all files. */
export default async function buildOnce(): Promise<() => void> {
	if (!findChromium()) throw new Error("the stories need a browser: install Chromium, or set CHROMIUM to its path");
	await buildWeb(() => {});
	return makeTemplate();
}
