import { openBrowser, openVisit, type Visit, type VisitOptions } from "./browser.ts";
import { type Login, SignedIn } from "./sign-in.ts";
import { type App, startApp } from "./start-app.ts";

export type DemoOptions = Parameters<typeof startApp>[1];

export interface Stage {
	app: App;
	/** A new person at a new browser; with `as`, one who has signed in already. */
	visit(options?: VisitOptions & { as?: Login }): Promise<Visit>;
	/** Closes the browsers of all visits so far. */
	endVisits(): Promise<Visit[]>;
	close(): Promise<void>;
}

/** The app and a browser, for stories and for the gallery. */
export async function openStage(settings: Record<string, string> = {}, demo?: DemoOptions): Promise<Stage> {
	const [app, browser] = await Promise.all([startApp(settings, demo), openBrowser()]);
	const signedIn = new SignedIn();
	let visits: Visit[] = [];
	return {
		app,
		async visit({ as, ...options } = {}) {
			const visit = await openVisit(browser, app.url, options);
			visits.push(visit);
			if (as) await visit.context.addCookies(await signedIn.cookies(browser, app.url, as));
			return visit;
		},
		async endVisits() {
			const ended = visits;
			visits = [];
			await Promise.all(ended.map((visit) => visit.context.close()));
			return ended;
		},
		async close() {
			await browser.close();
			await app.stop();
		},
	};
}
