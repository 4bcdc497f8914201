import type { Page } from "playwright-core";
import { billPages } from "./bill-pages.ts";
import { fillIn, submitForm } from "./harness/campaign.ts";
import { cued } from "./harness/numbers.ts";
import type { Cabinet, Scenes } from "./harness/scenes.ts";
import { beginSignIn, showPassword } from "./harness/second-factor.ts";
import { type Login, passwordOf } from "./harness/sign-in.ts";
import { wallClock } from "./harness/wall-clock.ts";
import { words } from "./harness/words.ts";
import { limitPages } from "./limit-pages.ts";
import { moneyPages } from "./money-pages.ts";
import { totalsPages } from "./totals-pages.ts";

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

const CABINETS = ["client", "dealer", "admin"] as const;
const RESELLERS = ["dealer", "admin"] as const;

/** Every page that there is: a test fails for a route that is missing here. */
export const PAGES: ListedPage[] = [
	{ name: "sign-in", route: "routes/_auth+/sign-in", path: () => "/sign-in" },
	{
		name: "sign-in-refused",
		route: "routes/_auth+/sign-in",
		path: () => "/sign-in",
		act: async (page, language) => {
			await page.getByLabel(words(language, "auth:login"), { exact: true }).fill("client");
			await page.getByLabel(words(language, "auth:password"), { exact: true }).fill(" ");
			await page.getByRole("button", { name: words(language, "auth:submit"), exact: true }).click();
			await page.getByRole("alert").waitFor();
		},
		status: 422,
	},
	{
		name: "sign-in-code",
		route: "routes/_auth+/sign-in_.code",
		path: () => "/sign-in",
		act: (page, language) => beginSignIn(page, "dealer2", language),
	},
	{ name: "error", route: "routes/error.$status", path: () => "/error/503", status: 503 },
	{ name: "not-found", route: "routes/$", path: () => "/nothing-here", status: 404 },
	...CABINETS.flatMap(campaignPages),
	...CABINETS.map((cabinet): ListedPage => {
		const route = `routes/${cabinet}+/every/audit+/_index`;
		return { name: `${cabinet}-audit`, route, as: cabinet, path: () => `/${cabinet}/audit` };
	}),
	...CABINETS.flatMap((cabinet): ListedPage[] => {
		const route = (file: string) => `routes/${cabinet}+/every/money+/${file}`;
		return [
			{ name: `${cabinet}-money`, route: route("_index"), as: cabinet, path: () => `/${cabinet}/money` },
			{
				...{ name: `${cabinet}-statement`, route: route("statement"), as: cabinet },
				path: () => `/${cabinet}/money/statement`,
			},
		];
	}),
	...CABINETS.flatMap(totalsPages),
	...CABINETS.flatMap(billPages),
	...RESELLERS.flatMap(moneyPages),
	...(["deposit", "withdraw"] as const).map(
		(deed): ListedPage => ({
			name: `admin-${deed}`,
			route: `routes/admin+/money+/${deed}`,
			as: "admin",
			path: () => `/admin/money/${deed}`,
		}),
	),
	...CABINETS.flatMap(teamPages),
	...CABINETS.flatMap(stopPages),
	...CABINETS.flatMap(settingsPages),
	...clientsCampaigns(),
	...CABINETS.flatMap(factorPages),
	...factorIsOn(),
	...RESELLERS.flatMap((cabinet): ListedPage[] => [
		{
			name: `${cabinet}-accounts`,
			route: `routes/${cabinet}+/reseller/accounts+/_index`,
			as: cabinet,
			path: () => `/${cabinet}/accounts`,
		},
		{
			name: `${cabinet}-accounts-left`,
			route: `routes/${cabinet}+/reseller/accounts+/left+/_index`,
			as: cabinet,
			path: () => `/${cabinet}/accounts/left`,
		},
		{
			name: `${cabinet}-account-left`,
			route: `routes/${cabinet}+/reseller/accounts+/left+/$stayId`,
			as: cabinet,
			path: (scenes) => `/${cabinet}/accounts/left/${scenes.stayOf[cabinet]}`,
		},
		{
			name: `${cabinet}-tree`,
			route: `routes/${cabinet}+/reseller/tree`,
			as: cabinet,
			path: () => `/${cabinet}/tree?q=shop`,
		},
		{
			name: `${cabinet}-account`,
			route: `routes/${cabinet}+/reseller/accounts+/$accountId+/_index`,
			as: cabinet,
			path: (scenes) => `/${cabinet}/accounts/${scenes.accountOf[cabinet]}`,
		},
		{
			name: `${cabinet}-enter`,
			route: `routes/${cabinet}+/reseller/accounts+/$accountId+/enter`,
			as: cabinet,
			path: (scenes) => `/${cabinet}/accounts/${scenes.accountOf[cabinet]}/enter`,
		},
		{
			name: `${cabinet}-account-new`,
			route: `routes/${cabinet}+/reseller/accounts+/new`,
			as: cabinet,
			path: () => `/${cabinet}/accounts/new`,
		},
		...(["edit", "password", "kind", "rights", "senders"] as const).map(
			(deed): ListedPage => ({
				name: `${cabinet}-account-${deed}`,
				route: `routes/${cabinet}+/reseller/accounts+/$accountId+/${deed}`,
				as: cabinet,
				path: (scenes) => `/${cabinet}/accounts/${scenes.accountOf[cabinet]}/${deed}`,
			}),
		),
		{
			name: `${cabinet}-account-campaigns`,
			route: `routes/${cabinet}+/reseller/accounts+/$accountId+/campaigns`,
			as: cabinet,
			path: (scenes) => `/${cabinet}/accounts/${scenes.accountOf[cabinet]}/campaigns`,
		},
	]),
	{
		name: "admin-attach",
		route: "routes/admin+/accounts+/$accountId+/attach",
		as: "admin",
		path: (scenes) => `/admin/accounts/${scenes.accountOf.admin}/attach`,
	},
	{
		name: "admin-attach-confirm",
		route: "routes/admin+/accounts+/$accountId+/attach",
		as: "admin",
		path: (scenes) => `/admin/accounts/${scenes.accountOf.admin}/attach?to=dealer`,
	},
	...CABINETS.flatMap(pricePages),
	...CABINETS.flatMap(limitPages),
	...RESELLERS.flatMap(blockPages),
	...RESELLERS.map(
		(cabinet): ListedPage => ({
			name: `${cabinet}-account-factor`,
			route: `routes/${cabinet}+/reseller/accounts+/$accountId+/second-factor`,
			as: cabinet,
			path: ({ accountOf }) => `/${cabinet}/accounts/${accountOf[cabinet]}/second-factor`,
		}),
	),
	{
		name: "sign-in-blocked",
		route: "routes/_auth+/sign-in",
		path: () => "/sign-in",
		act: async (page, language) => {
			await page.getByLabel(words(language, "auth:login"), { exact: true }).fill("client2");
			await page.getByLabel(words(language, "auth:password"), { exact: true }).fill(passwordOf("client2"));
			await page.getByRole("button", { name: words(language, "auth:submit"), exact: true }).click();
			await page.getByRole("alert").waitFor();
		},
		status: 403,
	},
	...providerPages(),
	...routePages(),
	{ name: "admin-inbox", route: "routes/admin+/inbox+/_index", as: "admin", path: () => "/admin/inbox" },
	{
		name: "admin-inbox-unreadable",
		route: "routes/admin+/inbox+/_index",
		as: "admin",
		path: () => "/admin/inbox?standing=unreadable",
	},
	{ name: "admin-backups", route: "routes/admin+/backups", as: "admin", path: () => "/admin/backups" },
	{ name: "admin-recounts", route: "routes/admin+/recounts", as: "admin", path: () => "/admin/recounts" },
	{ name: "admin-lost-writes", route: "routes/admin+/lost-writes", as: "admin", path: () => "/admin/lost-writes" },
	// The first that the simulator has sent.
	{ name: "admin-callback", route: "routes/admin+/inbox+/$receiptId", as: "admin", path: () => "/admin/inbox/1" },
];

/** Routes, and the dry run as it is asked and as it answers. */
function routePages(): ListedPage[] {
	const page = (name: string, file: string, path: (scenes: Scenes) => string): ListedPage => ({
		name: `admin-${name}`,
		route: `routes/admin+/routes+/${file}`,
		as: "admin",
		path: (scenes) => `/admin/routes${path(scenes)}`,
	});
	return [
		page("routes", "_index", () => ""),
		page("route-choose", "new", () => "/new"),
		page("route-new", "new", () => "/new?channel=viber"),
		page("route", "$routeId+/_index", ({ route }) => `/${route}`),
		page("route-delete", "$routeId+/delete", ({ route }) => `/${route}/delete`),
		page("route-try", "try", () => "/try"),
		page("route-tried", "try", () => "/try?number=%2B380501234567&account=client&channel=viber&kind=text"),
		page("route-try-refused", "try", () => "/try?number=12&channel=viber&kind=text"),
	];
}

/** The first provider is the demo's own. */
function providerPages(): ListedPage[] {
	const page = (name: string, file: string, path: string): ListedPage => ({
		name: `admin-${name}`,
		route: `routes/admin+/providers+/${file}`,
		as: "admin",
		path: () => `/admin/providers${path}`,
	});
	return [
		page("providers", "_index", ""),
		page("provider-choose", "new", "/new"),
		page("provider-new", "new", "/new?adapter=vonage&channel=viber"),
		page("provider-described", "new", "/new?adapter=generic-http&channel=sms"),
		page("provider", "$providerId", "/1"),
		page("provider-rehearse", "$providerId_.rehearse", "/1/rehearse"),
		page("provider-figures", "$providerId_.figures", "/1/figures"),
		page("provider-costs", "$providerId_.costs", "/1/costs"),
		page("provider-limits", "$providerId_.limits", "/1/limits"),
	];
}

/** What the own account pays; and what those who sell take, as a list, as its history, and as it asks about losses. */
function pricePages(cabinet: Cabinet): ListedPage[] {
	const own = page("prices", "every/prices+/_index", () => "/prices");
	if (cabinet === "client") return [own];
	const account = "reseller/accounts+/$accountId+/prices";
	const child = ({ childOf }: Scenes) => `/accounts/${childOf[cabinet]}/prices`;
	return [
		own,
		page("prices-below", "reseller/prices+/below", () => "/prices/below"),
		page("prices-line", "reseller/prices+/below", () => "/prices/below?line=viber.UA."),
		page("prices-history", "reseller/prices+/below", () => "/prices/below?show=history"),
		{
			...page("prices-loss", "reseller/prices+/below", () => "/prices/below?line=viber.UA."),
			act: async (shown, language) => {
				await shown.getByLabel(words(language, "prices:price_in", { currency: "EUR" }), { exact: true }).fill("0.0001");
				await shown.getByRole("button", { name: words(language, "prices:submit"), exact: true }).click();
				await shown.getByRole("alert").waitFor();
			},
			status: 422,
		},
		page("prices-many", "reseller/prices+/many", () => "/prices/many"),
		page("prices-preview", "reseller/prices+/many", () => "/prices/many?how=rise&percent=0.5&channel=&when=now"),
		page("prices-many-refused", "reseller/prices+/many", () => "/prices/many?how=rise&percent=much&when=date", 422),
		page("account-prices", account, child),
		page("account-prices-many", `${account}_.many`, (scenes) => `${child(scenes)}/many`),
		...(cabinet === "admin" ? [page("prices-terms", "prices+/terms", () => "/prices/terms")] : []),
	];

	function page(name: string, file: string, path: (scenes: Scenes) => string, status?: number): ListedPage {
		const route = `routes/${cabinet}+/${file}`;
		return { name: `${cabinet}-${name}`, route, as: cabinet, path: (scenes) => `/${cabinet}${path(scenes)}`, status };
	}
}

/** Blocking an account, wrongly and rightly filled in, and the account blocked. */
function blockPages(cabinet: "dealer" | "admin"): ListedPage[] {
	const common = { route: `routes/${cabinet}+/reseller/accounts+/$accountId+/block`, as: cabinet };
	const path = ({ unblocked }: Scenes) => `/${cabinet}/accounts/${unblocked}/block`;
	return [
		{ ...common, name: `${cabinet}-block`, path },
		{
			...common,
			name: `${cabinet}-block-refused`,
			path,
			act: async (page, language) => {
				await page.getByLabel(words(language, "blocks:ends.at"), { exact: true }).check();
				await page.getByRole("button", { name: words(language, "blocks:submit"), exact: true }).click();
				await page.getByRole("alert").waitFor();
			},
			status: 422,
		},
		{
			...common,
			name: `${cabinet}-close`,
			route: common.route.replace(/block$/, "close"),
			path: (scenes) => path(scenes).replace(/block$/, "close"),
		},
		{
			...common,
			name: `${cabinet}-close-blocked`,
			route: common.route.replace(/block$/, "close"),
			path: ({ blocked }) => `/${cabinet}/accounts/${blocked}/close`,
		},
		{ ...common, name: `${cabinet}-blocked`, path: ({ blocked }) => `/${cabinet}/accounts/${blocked}/block` },
	];
}

/** The people of an account and their roles. */
function teamPages(cabinet: Cabinet): ListedPage[] {
	const page = (
		name: string,
		file: string,
		path: (scenes: Scenes) => string,
		more: Partial<ListedPage> = {},
	): ListedPage => ({
		name: `${cabinet}-${name}`,
		route: `routes/${cabinet}+/every/team+/${file}`,
		as: cabinet,
		path: (scenes) => `/${cabinet}/team${path(scenes)}`,
		...more,
	});
	const person = (scenes: Scenes) => `/${scenes.team[cabinet].employee}`;
	const role = (scenes: Scenes) => `/roles/${scenes.team[cabinet].role}`;
	return [
		page("team", "_index", () => ""),
		page("employee-new", "new", () => "/new"),
		page("employee-new-refused", "new", () => "/new", {
			act: async (shown, language) => {
				await shown.getByLabel(words(language, "team:login"), { exact: true }).fill("admin");
				await shown.getByLabel(words(language, "team:email"), { exact: true }).fill("nobody");
				await shown.getByRole("button", { name: words(language, "team:new.submit"), exact: true }).click();
				await shown.getByRole("alert").waitFor();
			},
			status: 422,
		}),
		page("employee", "$userId+/_index", person),
		page("employee-edit", "$userId+/edit", (scenes) => `${person(scenes)}/edit`),
		page("employee-password", "$userId+/password", (scenes) => `${person(scenes)}/password`),
		page("employee-block", "$userId+/block", (scenes) => `${person(scenes)}/block`),
		page("employee-remove", "$userId+/remove", (scenes) => `${person(scenes)}/remove`),
		page("roles", "roles+/_index", () => "/roles"),
		page("role-new", "roles+/new", () => "/roles/new?template=campaign_manager"),
		page("role", "roles+/$roleId+/_index", role),
		page("role-delete", "roles+/$roleId+/delete", (scenes) => `/roles/${scenes.team[cabinet].spareRole}/delete`),
	];
}

/** Who must not be written to. */
function stopPages(cabinet: Cabinet): ListedPage[] {
	const page = (name: string, file: string, path: (scenes: Scenes) => string): ListedPage => ({
		name: `${cabinet}-${name}`,
		route: `routes/${cabinet}+/every/stops+/${file}`,
		as: cabinet,
		path: (scenes) => `/${cabinet}/stops${path(scenes)}`,
	});
	return [
		page("stops", "_index", () => ""),
		page("stop", "$stopId", (scenes) => `/${scenes.stop[cabinet]}`),
		page("stops-new", "new", () => "/new"),
		{
			...page("stops-new-refused", "new", () => "/new"),
			act: async (shown, language) => {
				await shown.getByLabel(words(language, "stops:new.numbers"), { exact: true }).fill("+380671112233\nhello\n12");
				await shown.getByRole("button", { name: words(language, "stops:new.submit"), exact: true }).click();
				await shown.getByRole("alert").waitFor();
			},
			status: 422,
		},
	];
}

/** What every cabinet has. */
function campaignPages(cabinet: Cabinet): ListedPage[] {
	const route = (file: string) => `routes/${cabinet}+/every/campaigns+/${file}`;
	const page = (name: string, file: string, path: (scenes: Scenes) => string): ListedPage => ({
		name: `${cabinet}-${name}`,
		route: route(file),
		as: cabinet,
		path: (scenes) => `/${cabinet}/campaigns${path(scenes)}`,
	});
	return [
		page("campaigns", "_index", () => ""),
		page("new", "new", () => "/new"),
		page("review", "$id+/review", ({ draft }) => `/${draft[cabinet]}/review`),
		page("edit", "$id+/edit", ({ draft }) => `/${draft[cabinet]}/edit`),
		page("cancel", "$id+/cancel", ({ draft }) => `/${draft[cabinet]}/cancel`),
		page("done", "$id+/_index", ({ done }) => `/${done[cabinet]}`),
		page("messages", "$id+/messages", ({ done }) => `/${done[cabinet]}/messages`),
		page(
			"evidence",
			"$id+/messages_.$messageId",
			({ done, message }) => `/${done[cabinet]}/messages/${message[cabinet]}`,
		),
	];
}

/** The second factor as it looks to whoever has none. */
function factorPages(cabinet: Cabinet): ListedPage[] {
	const pages = {
		"": "_index",
		"/set-up": "set-up",
		"/confirm": "confirm",
		"/codes": "codes",
		"/off": "off",
		"/demand": "demand",
	};
	return Object.entries(pages).map(([path, file]) => ({
		name: `${cabinet}-factor-${file.replace("_", "")}`,
		route: `routes/${cabinet}+/every/settings+/second-factor+/${file}`,
		as: cabinet,
		path: () => `/${cabinet}/settings/second-factor${path}`,
	}));
}

/** … and to whoever has one, or sets it up. */
function factorIsOn(): ListedPage[] {
	const at = (file: string) => `routes/dealer+/every/settings+/second-factor+/${file}`;
	const path = (below: string) => () => `/dealer/settings/second-factor${below}`;
	return [
		{ name: "dealer-factor-on", route: at("_index"), as: "dealer2", path: path("") },
		{ name: "dealer-factor-on-set-up", route: at("set-up"), as: "dealer2", path: path("/set-up") },
		{ name: "dealer-factor-on-codes", route: at("codes"), as: "dealer2", path: path("/codes") },
		{ name: "dealer-factor-on-off", route: at("off"), as: "dealer2", path: path("/off") },
		{
			name: "client-factor-key",
			route: "routes/client+/every/settings+/second-factor+/set-up",
			as: "client",
			path: () => "/client/settings/second-factor/set-up",
			act: (page, language) => showPassword(page, "client", language),
		},
	];
}

/** What belongs to the person, in every cabinet. */
function settingsPages(cabinet: Cabinet): ListedPage[] {
	const page = (name: string, path: string): ListedPage => ({
		name: `${cabinet}-${name}`,
		route: `routes/${cabinet}+/every/${path.replace("settings/", "settings+/")}`,
		as: cabinet,
		path: () => `/${cabinet}/${path.replace("/_index", "")}`,
	});
	return [
		page("settings", "settings/_index"),
		page("profile", "settings/profile"),
		page("password", "settings/password"),
		page("sessions", "settings/sessions"),
		page("activity", "settings/activity"),
		page("visits", "settings/visits"),
		page("notices", "notices"),
	];
}

/** The same pages in the conditions that look different. */
function clientsCampaigns(): ListedPage[] {
	const route = "routes/client+/every/campaigns+/$id+/_index";
	const states = ["scheduled", "sending", "paused", "halted", "cancelled"] as const;
	return [
		...states.map((state): ListedPage => {
			return { name: `client-${state}`, route, as: "client", path: (scenes) => `/client/campaigns/${scenes[state]}` };
		}),
		{
			name: "client-cancel-sending",
			route: "routes/client+/every/campaigns+/$id+/cancel",
			as: "client",
			path: (scenes) => `/client/campaigns/${scenes.sending}/cancel`,
		},
		{
			name: "client-campaigns-none",
			route: "routes/client+/every/campaigns+/_index",
			as: "client3",
			path: () => "/client/campaigns",
		},
		{
			name: "client-new-refused",
			route: "routes/client+/every/campaigns+/new",
			as: "client",
			path: () => "/client/campaigns/new",
			act: async (page, language) => {
				const startAt = wallClock("Europe/Kyiv", -86_400_000);
				await fillIn(page, { text: "ы".repeat(1_234), numbers: cued("991001", 3), startAt }, language);
				await submitForm(page, language);
				await page.getByRole("alert").waitFor();
			},
			status: 422,
		},
	];
}
