import type { AccountKind } from "#app/modules/access/actor.ts";
import type { Right } from "#app/modules/access/rights.ts";
import type { ThingKind } from "./things.ts";

/** Gives the id of a thing: somebody's, or one that no thing has. */
export type PickId = (kind: ThingKind) => string;

/** One route, as the guard should treat it; what each visitor must be answered follows from it (expectation.ts). */
export interface Declared {
	/** Its id in the build, below the cabinet for pages that several cabinets have. */
	route: string;
	/** Cabinets that have it; none for what stands outside of them. */
	cabinets: readonly AccountKind[];
	/** Param of the address → the kind of thing that it names. */
	params: Readonly<Record<string, ThingKind>>;
	/** What the address may ask for behind its "?", where that names things: each is asked for. */
	queries?: ((pick: PickId) => string)[];
	/** Needed to see it. */
	right?: Right | readonly Right[];
	/** Needed to change by it, where that is another. */
	changeRight?: Right | readonly Right[];
	/** Only owners, and whoever acts as one, come here. */
	isOwnersOnly?: true;
	/** Done in the own account only: refused to whoever is limited to accounts below it. */
	isOwn?: "all" | "changes";
	/** Which people from outside, who entered the cabinet, are refused even to work. */
	isPersonal?: "all" | "changes";
	/** A plausible form; undefined: it takes none. */
	form?: (pick: PickId) => Record<string, string>;
	/** Seeing it needs no right: it only leads to where it is asked for. */
	isDownload?: true;
	/** The answer goes on for ever. */
	isStream?: true;
	/** Opens for whoever must set up a second factor before anything else. */
	isSetUp?: true;
}

type Rest = Omit<Declared, "route" | "cabinets" | "params"> & { params?: Declared["params"] };

const declare =
	(folder: (cabinet: AccountKind) => string, cabinets: readonly AccountKind[]) =>
	(route: string, rest: Rest = {}): Declared[] =>
		cabinets.map((cabinet) => ({
			...rest,
			params: rest.params ?? {},
			route: folder(cabinet) + route,
			cabinets: [cabinet],
		}));

const every = declare((cabinet) => `routes/${cabinet}+/every/`, ["client", "dealer", "admin"]);
const reseller = declare((cabinet) => `routes/${cabinet}+/reseller/`, ["dealer", "admin"]);
const cabinet = declare((kind) => `routes/${kind}+/`, ["client", "dealer", "admin"]);
const admin = declare(() => "routes/admin+/", ["admin"]);
const outside = (route: string, rest: Rest = {}): Declared => ({
	params: {},
	...rest,
	route: `routes/${route}`,
	cabinets: [],
});

/** A person's own: nobody comes near it from outside. */
const personal = { isPersonal: "all" } as const;
const employee = { params: { userId: "employee" }, ...personal } as const;
const strong = "korrekt pferd 93 batterie";
const seen = { version: "1", state: "draft" };
const paused = { version: "1", state: "paused" };
const account = {
	...{ kind: "client", name: "Made by a stranger", password: "korrekt pferd 93 batterie", formKey: "stranger" },
	...{ locale: "en", timeZone: "Europe/Kyiv", country: "Ukraine" },
};
const campaign = { name: "Mine", sender: "viber:DemoShop", text: "Hello", when: "now", paste: "+380501234567" };

const price = { version: "0", channel: "viber", country: "", kind: "", price: "5", when: "now", date: "" };
const thisMonth = () => new Date().toISOString().slice(0, 7);
const routing = { version: "1", "steps[0].providerId": "1", "steps[0].tier": "1" };

/** Every route of the build, one line each. */
export const DECLARED: readonly Declared[] = [
	outside("$", { form: () => ({ a: "1" }) }),
	outside("_index"),
	outside("_auth+/sign-in", { form: () => ({ login: "nobody-at-all", password: "wrong" }) }),
	outside("_auth+/sign-in_.code", { form: () => ({ code: "000000" }) }),
	outside("_auth+/sign-out", { form: () => ({}) }),
	outside("avatars.$userId.$key", { params: { userId: "owner", key: "avatar" } }),
	outside("error.$status"),
	outside("leave", { form: () => ({ from: "1" }) }),
	outside("look", { form: () => ({ lng: "ru", back: "/" }) }),
	...cabinet("_index"),
	...admin("providers+/_index", { right: "providers.read" }),
	...admin("providers+/new", {
		...{ right: "providers.create", isPersonal: "changes" },
		form: () => ({ name: "Stranger", bulkSize: "1", connections: "1" }),
	}),
	...admin("providers+/$providerId", {
		...{ params: { providerId: "provider" }, right: "providers.read", changeRight: "providers.update" },
		form: () => ({ intent: "active" }),
	}),

	...admin("providers+/$providerId_.figures", { params: { providerId: "provider" }, right: "providers.read" }),
	...(["costs", "limits"] as const).flatMap((page) =>
		admin(`providers+/$providerId_.${page}`, {
			...{ params: { providerId: "provider" }, right: "providers.read", changeRight: "providers.update" },
			form: () => ({ version: "1" }),
		}),
	),
	...admin("providers+/$providerId_.rehearse", {
		...{ params: { providerId: "provider" }, right: "providers.update" },
		form: () => ({ to: "+380671112233", sender: "DemoShop", text: "a", status: "200" }),
	}),
	...admin("routes+/_index", { right: "providers.read" }),
	...admin("routes+/new", { right: "providers.update", form: () => routing }),
	...admin("routes+/try", {
		right: "providers.read",
		queries: [
			(pick) => `number=%2B380501234567&channel=sms&kind=text&account=${pick("login")}`,
			(pick) => `number=%2B380501234567&channel=sms&kind=text&account=${pick("account")}`,
		],
	}),
	...admin("routes+/$routeId+/_index", {
		...{ params: { routeId: "route" }, right: "providers.read", changeRight: "providers.update" },
		form: () => routing,
	}),
	...admin("routes+/$routeId+/delete", {
		...{ params: { routeId: "route" }, right: "providers.update", form: () => ({ version: "1" }) },
	}),

	...admin("backups", {
		...{ right: "providers.read", changeRight: "providers.update", isOwn: "all" },
		form: () => ({ wire: "lost", stopped: "on" }),
	}),
	...admin("recounts", { right: "campaigns.read", isOwn: "all" }),
	...admin("lost-writes", { right: "audit.read", isOwn: "all" }),
	...admin("inbox+/_index", { right: "providers.read", changeRight: "providers.update", form: () => ({}) }),
	...admin("inbox+/$receiptId", {
		...{
			params: { receiptId: "callback" },
			right: "providers.read",
			changeRight: ["providers.read", "providers.update"],
		},
		form: () => ({}),
	}),
	...every("campaigns+/_index", { right: "campaigns.read", isOwn: "all" }),
	...every("campaigns+/new", {
		...{ right: "campaigns.create", isOwn: "all" },
		form: () => ({ ...campaign, formKey: "stranger" }),
	}),
	...every("campaigns+/$id+/_index", {
		...{ params: { id: "paused" }, right: "campaigns.read", changeRight: "campaigns.update", isOwn: "changes" },
		form: () => ({ ...paused, deed: "resume" }),
	}),
	...every("campaigns+/$id+/review", {
		...{ params: { id: "draft" }, right: "campaigns.read", changeRight: "campaigns.update", isOwn: "changes" },
		form: () => ({ ...seen, deed: "start" }),
	}),
	...every("campaigns+/$id+/edit", {
		...{ params: { id: "draft" }, right: "campaigns.update", isOwn: "all" },
		form: () => ({ ...campaign, ...seen }),
	}),
	...every("campaigns+/$id+/cancel", {
		...{ params: { id: "paused" }, right: "campaigns.delete", isOwn: "all" },
		form: () => ({ ...paused, deed: "cancel" }),
	}),
	...every("campaigns+/$id+/messages", { params: { id: "sent" }, right: "campaigns.read" }),
	...every("campaigns+/$id+/messages_.$messageId", {
		...{ params: { id: "sent", messageId: "message" }, right: "campaigns.read" },
	}),
	...every("campaigns+/$id+/live", { params: { id: "sent" }, right: "campaigns.read", isStream: true }),

	...reseller("accounts+/_index", {
		right: "accounts.read",
		queries: [
			(pick) => `go=${pick("account")}`,
			(pick) => `go=${pick("login")}`,
			(pick) => `q=${pick("login")}`,
			(pick) => `q=${pick("account")}`,
			(pick) => `dealer=${pick("account")}`,
			(pick) => `dealer=${pick("login")}&direct=1`,
		],
	}),
	...reseller("accounts+/new", {
		...{ right: "accounts.create", queries: [(pick) => `under=${pick("account")}`] },
		form: (pick) => ({ ...account, under: pick("account"), login: "stranger-made" }),
	}),
	...reseller("accounts+/$accountId+/_index", { params: { accountId: "account" }, right: "accounts.read" }),
	...reseller("accounts+/$accountId+/campaigns", { params: { accountId: "account" }, right: "campaigns.read" }),
	...reseller("accounts+/$accountId+/enter", {
		...{ params: { accountId: "below" }, right: "accounts.read", isOwnersOnly: true },
		form: () => ({ reason: "Help", minutes: "30", mode: "work" }),
	}),
	...reseller("accounts+/$accountId+/block", {
		...{ params: { accountId: "below" }, right: "accounts.update" },
		form: () => ({ version: "1", reason: "Because", ends: "open" }),
	}),
	...reseller("accounts+/$accountId+/edit", {
		...{ params: { accountId: "below" }, right: "accounts.update" },
		form: () => ({ ...account, version: "1" }),
	}),
	...reseller("accounts+/$accountId+/kind", {
		...{ params: { accountId: "below" }, right: "accounts.update" },
		form: () => ({ version: "1", deed: "raise" }),
	}),
	...reseller("accounts+/$accountId+/rights", {
		...{ params: { accountId: "below" }, right: "accounts.update" },
		form: () => ({ version: "1", rights: "campaigns.read" }),
	}),
	...reseller("accounts+/$accountId+/senders", {
		...{ params: { accountId: "below" }, right: "accounts.update" },
		form: () => ({ channel: "viber", name: "Stranger", deed: "add" }),
	}),
	...reseller("accounts+/$accountId+/password", {
		...{ params: { accountId: "below" }, right: "accounts.update", ...personal },
		form: () => ({ password: strong, formKey: "stranger" }),
	}),
	...reseller("accounts+/$accountId+/close", {
		...{ params: { accountId: "below" }, right: "accounts.delete" },
		form: (pick) => ({ version: "1", login: pick("login") }),
	}),
	...reseller("accounts+/left+/_index", { right: "accounts.read" }),
	...reseller("accounts+/left+/$stayId", { params: { stayId: "stay" }, right: ["accounts.read", "campaigns.read"] }),
	...reseller("tree", {
		right: "accounts.read",
		queries: [(pick) => `q=${pick("login")}`, (pick) => `open=${pick("account")}`],
	}),
	...admin("accounts+/$accountId+/attach", {
		...{ params: { accountId: "below" }, right: "accounts.update" },
		form: (pick) => ({ version: "1", to: pick("login") }),
	}),

	...every("money+/_index", { right: "money.read", isOwn: "all" }),
	...reseller("accounts+/$accountId+/money+/_index", {
		...{ params: { accountId: "account" }, right: ["money.read", "accounts.read"] },
	}),
	...every("bills+/_index", { right: "money.read", isOwn: "all" }),
	...every("bills+/$billId", { params: { billId: "bill" }, right: "money.read", isOwn: "all" }),
	...reseller("bills+/$billId_.cancel", {
		...{
			params: { billId: "bill" },
			right: ["money.read", "money.create"],
			changeRight: ["money.read", "money.create"],
		},
		...{ isOwn: "all", form: () => ({ version: "1" }) },
	}),
	...reseller("accounts+/$accountId+/bill", {
		...{ params: { accountId: "child" }, right: "money.create", isOwn: "all" },
		form: () => ({ from: "2020-01-01", to: "2020-01-31" }),
	}),
	...reseller("accounts+/$accountId+/bill-details", {
		...{ params: { accountId: "below" }, right: "accounts.update", form: () => ({ legalName: "Stranger" }) },
	}),
	...every("settings+/bill-details", {
		...{ right: "employees.update", isOwn: "all", form: () => ({ legalName: "Stranger" }) },
	}),
	...every("totals+/_index", {
		...{ right: "money.read", isOwn: "all" },
		queries: [(pick) => `branch=${pick("account")}`],
	}),
	...every("totals+/export", { right: "money.read", isOwn: "changes", form: () => ({}), isDownload: true }),
	...every("money+/statement", { right: "money.read", isOwn: "all" }),
	...every("money+/export", { right: "money.read", isOwn: "changes", form: () => ({}), isDownload: true }),
	...reseller("accounts+/$accountId+/money+/statement", {
		...{ params: { accountId: "account" }, right: ["money.read", "accounts.read"] },
	}),
	...reseller("accounts+/$accountId+/money+/export", {
		...{ params: { accountId: "account" }, right: ["money.read", "accounts.read"] },
		...{ form: () => ({}), isDownload: true },
	}),
	...(["top-up", "take-back", "zero", "credit"] as const).flatMap((deed) =>
		reseller(`accounts+/$accountId+/money+/${deed}`, {
			...{ params: { accountId: "below" }, right: ["money.read", "money.create"], changeRight: "money.create" },
			...{ isOwn: "all", form: () => ({ formKey: "stranger", amount: "0.01" }) },
		}),
	),
	...reseller("money+/top-up", {
		...{ right: ["money.read", "money.create", "accounts.read"], changeRight: "money.create", isOwn: "all" },
		form: (pick) => ({ formKey: "stranger", amount: "0.01", account: pick("below") }),
	}),
	...(["deposit", "withdraw"] as const).flatMap((deed) =>
		admin(`money+/${deed}`, {
			...{ right: ["money.read", "money.create"], changeRight: "money.create", isOwn: "all" },
			form: () => ({ formKey: "stranger", amount: "0.01" }),
		}),
	),

	...every("prices+/_index", { right: "money.read", isOwn: "all" }),
	...reseller("prices+/below", {
		...{ right: "money.read", changeRight: "prices.update", isOwn: "all" },
		form: () => ({ ...price, deed: "set" }),
	}),
	...reseller("prices+/many", {
		...{ right: "prices.update", isOwn: "all", queries: [(pick) => `how=copy&when=now&from=${pick("child")}`] },
		form: () => ({ version: "0", plan: "none" }),
	}),
	...reseller("accounts+/$accountId+/prices", {
		...{ params: { accountId: "child" }, right: "money.read", changeRight: "prices.update" },
		form: () => ({ ...price, deed: "set" }),
	}),
	...reseller("accounts+/$accountId+/prices_.many", {
		...{ params: { accountId: "child" }, right: "prices.update" },
		form: () => ({ version: "0", plan: "none" }),
	}),
	...reseller("accounts+/$accountId+/fees", {
		...{ params: { accountId: "child" }, right: "money.read", changeRight: "prices.update" },
		...{ queries: [() => "fee=1"], form: () => ({ formKey: "stranger", subject: "", amount: "1", from: thisMonth() }) },
	}),
	...every("limits", {
		...{ right: "money.read", changeRight: ["money.read", "employees.update"], isOwn: "all" },
		form: () => ({ low: "1", cap: "" }),
	}),
	...reseller("accounts+/$accountId+/limits", {
		...{ params: { accountId: "below" }, right: ["money.read", "accounts.read"] },
		...{ changeRight: ["money.read", "accounts.update"], form: () => ({ version: "0", cap: "", brake: "on" }) },
	}),
	...reseller("waits+/_index", { right: "accounts.read" }),
	...reseller("waits+/$campaignId", {
		...{ params: { campaignId: "wait" }, right: "accounts.read" },
		...{ changeRight: ["accounts.read", "accounts.update"], form: () => ({ decision: "released" }) },
	}),
	...admin("brake", {
		...{ right: "accounts.update", isOwn: "all" },
		form: () => ({ brake: "on", factor: "10", floor: "50000", firstDays: "50000" }),
	}),
	...admin("prices+/terms", {
		...{ right: "prices.update", isOwn: "all" },
		form: () => ({ seen: "nothing", "viber.on": "accepted", "whatsapp.on": "accepted", "sms.on": "delivered" }),
	}),

	...every("notices", { ...personal, form: () => ({ upTo: "4100000" }) }),
	...every("settings+/_index"),
	...every("settings+/activity"),
	...every("settings+/visits"),
	...every("settings+/profile", {
		...personal,
		form: () => ({ version: "1", name: "Stranger", email: "", phone: "", locale: "en", timeZone: "Europe/Kyiv" }),
	}),
	...every("settings+/password", {
		...personal,
		form: () => ({ current: "wrong", password: strong, repeat: strong }),
	}),
	...every("settings+/sessions", { ...personal, form: () => ({ deed: "others" }) }),
	...every("settings+/second-factor+/_index", { isPersonal: "all", isSetUp: true }),
	...every("settings+/second-factor+/set-up", { ...personal, isSetUp: true, form: () => ({ password: "wrong" }) }),
	...every("settings+/second-factor+/confirm", {
		...{ ...personal, isSetUp: true },
		form: () => ({ setUp: "sealed", code: "000000" }),
	}),
	...every("settings+/second-factor+/codes", {
		...{ ...personal, isSetUp: true },
		form: () => ({ password: "wrong", code: "000000" }),
	}),
	...every("settings+/second-factor+/off", {
		...{ ...personal, isSetUp: true },
		form: () => ({ password: "wrong", code: "000000" }),
	}),
	...every("settings+/second-factor+/demand", {
		...{ isPersonal: "all", isOwnersOnly: true, isSetUp: true },
		form: () => ({ demand: "on" }),
	}),
	...reseller("accounts+/$accountId+/second-factor", {
		...{ params: { accountId: "below" }, right: "accounts.update", isPersonal: "all" },
		form: () => ({ demand: "on" }),
	}),
	...every("stops+/_index", { right: "stops.read", isOwn: "all" }),
	...every("stops+/new", {
		...{ right: "stops.create", isOwn: "all" },
		form: () => ({ numbers: "+380501234567", reach: "", note: "Stranger" }),
	}),
	...every("stops+/$stopId", {
		...{ params: { stopId: "stop" }, right: "stops.read", changeRight: "stops.delete", isOwn: "all" },
		form: () => ({ version: "1" }),
	}),
	...every("team+/_index", { right: "employees.read", queries: [(pick) => `role=${pick("role")}`] }),
	...every("team+/new", {
		...{ right: "employees.create", ...personal },
		form: (pick) => ({
			name: "Stranger",
			login: "stranger-hired",
			password: strong,
			roleId: pick("role"),
			formKey: "stranger",
		}),
	}),
	...every("team+/$userId+/_index", {
		...{
			params: { userId: "employee" },
			right: "employees.read",
			changeRight: "employees.update",
			isPersonal: "changes",
		},
		form: () => ({ version: "1" }),
	}),
	...every("team+/$userId+/edit", {
		...{ ...employee, right: "employees.update" },
		form: (pick) => ({ version: "1", name: "Stranger", roleId: pick("role") }),
	}),
	...every("team+/$userId+/block", { ...employee, right: "employees.update", form: () => ({ version: "1" }) }),
	...every("team+/$userId+/remove", { ...employee, right: "employees.delete", form: () => ({ version: "1" }) }),
	...every("team+/$userId+/password", {
		...{ ...employee, right: "employees.update" },
		form: () => ({ password: strong, formKey: "stranger" }),
	}),
	...every("team+/roles+/_index", { right: "employees.read" }),
	...every("team+/roles+/new", {
		...{ right: "employees.create", ...personal },
		form: (pick) => ({ name: "Strangers", rights: "campaigns.read", reach: "only", only: pick("login") }),
	}),
	...every("team+/roles+/$roleId+/_index", {
		...{ params: { roleId: "role" }, right: "employees.read", changeRight: "employees.update", isPersonal: "changes" },
		form: (pick) => ({ version: "1", name: "Strangers", rights: "campaigns.read", reach: "only", only: pick("login") }),
	}),
	...every("team+/roles+/$roleId+/delete", {
		...{ params: { roleId: "role" }, right: "employees.delete", ...personal },
		form: () => ({ version: "1" }),
	}),
	...every("audit+/_index", {
		right: "audit.read",
		queries: [
			(pick) => `account=${pick("account")}`,
			(pick) => `account=${pick("login")}`,
			(pick) => `who=${pick("login")}`,
			(pick) => `who=${pick("owner")}`,
		],
	}),
	...every("audit+/export", { right: "audit.read", form: () => ({}), isDownload: true }),
];
