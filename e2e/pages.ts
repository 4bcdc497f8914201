import type { Page } from "playwright-core";
import type { Scenes } from "./harness/scenes.ts";
import type { Login } from "./harness/sign-in.ts";

/** A page as axe, the budgets and the gallery look at it. One route may stand here several times, in different conditions. */
export interface ListedPage {
	/** Unique; the gallery's file name. */
	name: string;
	/** Id of the route in the build. */
	route: string;
	/** Who looks; undefined: a stranger. */
	as?: Login;
	/** Where it is, once the scenes are set. */
	path: (scenes: Scenes) => string;
	/** What the person does on it before it is looked at, with the language of the page. */
	act?: (page: Page, language: string) => Promise<void>;
	/** What the page, or what `act` leads to, answers; 200 where nothing is said. */
	status?: number;
}

const RESELLERS = ["dealer", "admin"] as const;

/** Every page that there is: a test fails for a route that is missing here. */
export const PAGES: ListedPage[] = [
	{ name: "sign-in", route: "routes/_auth+/sign-in", path: () => "/sign-in" },
	{ name: "error", route: "routes/error.$status", path: () => "/error/503", status: 503 },
	{ name: "not-found", route: "routes/$", path: () => "/nothing-here", status: 404 },
	...RESELLERS.flatMap((cabinet): ListedPage[] => [
		{
			name: `${cabinet}-accounts`,
			route: `routes/${cabinet}+/reseller/accounts+/_index`,
			as: cabinet,
			path: () => `/${cabinet}/accounts`,
		},
		{
			name: `${cabinet}-account`,
			route: `routes/${cabinet}+/reseller/accounts+/$accountId`,
			as: cabinet,
			path: (scenes) => `/${cabinet}/accounts/${scenes.accountOf[cabinet]}`,
		},
	]),
	{ name: "admin-providers", route: "routes/admin+/providers", as: "admin", path: () => "/admin/providers" },
];
