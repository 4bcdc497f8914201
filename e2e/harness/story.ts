import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { openBrowser, openVisit, type Visit, type VisitOptions } from "./browser.ts";
import { type App, startApp } from "./start-app.ts";

export interface Stage {
	app: App;
	/** A new person at a new browser; closed after the test, which fails when anything on its pages did. */
	visit(options?: VisitOptions): Promise<Visit>;
}

/** Call it once at the top of a file of stories: starts the app and the browser before its tests, and ends both after them. */
export function stage(settings: Record<string, string> = {}): Stage {
	let browser: Browser | undefined;
	let visits: Visit[] = [];
	const made = {
		async visit(options: VisitOptions = {}) {
			const visit = await openVisit(browser!, made.app.url, options);
			visits.push(visit);
			return visit;
		},
	} as Stage;
	beforeAll(async () => {
		[made.app, browser] = await Promise.all([startApp(settings), openBrowser()]);
	});
	afterEach(async () => {
		const problems = visits.flatMap((visit) => visit.problems);
		await Promise.all(visits.map((visit) => visit.context.close()));
		visits = [];
		expect(problems, "what went wrong on the pages").toEqual([]);
	});
	afterAll(async () => {
		await browser?.close();
		await made.app?.stop();
	});
	return made;
}
