import type { Page } from "playwright-core";
import { putBill } from "./bills.ts";
import { accountIdOf, inBooks } from "./books.ts";
import type { Visit } from "./browser.ts";
import { callJob } from "./call-job.ts";
import { type Composed, compose, figure, sendCampaign, untilState } from "./campaign.ts";
import { loseWrite } from "./lose-write.ts";
import { cued, many } from "./numbers.ts";
import type { Stage } from "./open-stage.ts";
import { reload } from "./reload.ts";
import { makeRoute } from "./route.ts";
import { setUpFactor } from "./second-factor.ts";
import { simulatorJournal, tellSimulator } from "./simulator.ts";
import { makeEmployee, makeRole } from "./team.ts";
import { until } from "./until.ts";
import { wallClock } from "./wall-clock.ts";
import { words } from "./words.ts";

export type Cabinet = "client" | "dealer" | "admin";

/** What there is to see once the scenes are set: ids. */
export interface Scenes {
	/** By who looks: an account below theirs. */
	accountOf: { dealer: number; admin: number };
	/** By who looks: an account directly below theirs, with prices of its own. */
	childOf: { dealer: number; admin: number };
	/** The account of client2, blocked by its dealer until a moment, with its reason. */
	blocked: number;
	/** The account of client, which nobody has blocked. */
	unblocked: number;
	/** Of each cabinet: an employee, its role, and a role that nobody has. */
	team: Record<Cabinet, { employee: number; role: number; spareRole: number }>;
	/** Of each cabinet: an entry of its stop list. */
	stop: Record<Cabinet, number>;
	/** Of each cabinet: a bill that it was given, or has issued. */
	bill: Record<Cabinet, number>;
	/** By who looks: the stay of an account that left theirs. */
	stayOf: { dealer: number; admin: number };
	/** Of each cabinet: a campaign that has been sent, and a draft. */
	done: Record<Cabinet, number>;
	/** A message of it. */
	message: Record<Cabinet, number>;
	draft: Record<Cabinet, number>;
	/** Of the client. `halted`: by the system, for want of credit with the provider. */
	scheduled: number;
	paused: number;
	halted: number;
	cancelled: number;
	sending: number;
	/** Stopped by the brake on a sudden volume. */
	wait: number;
	/** Of Viber to Poland, by the demo's provider. */
	route: number;
}

/** Longer than whoever looks at the scenes needs; shorter than our own patience with a call. */
const SLOW_MS = 28_000;

/** Does what people do in a day: campaigns in every state, in several scripts, with real failures. */
export async function setScenes(stage: Stage): Promise<Scenes> {
	const on = oneBrowserEach(stage);
	const accountOf = { dealer: await firstAccount(on, "dealer"), admin: await firstAccount(on, "admin") };
	const childOf = { dealer: accountIdOf(on.app, "client2"), admin: accountIdOf(on.app, "dealer") };
	const stayOf = await moveThereAndBack(on, accountIdOf(on.app, "client2"));
	const unblocked = accountIdOf(on.app, "client");
	const blocked = await blockAccount(on, accountIdOf(on.app, "client2"));
	const { page } = await on.visit({ as: "client", js: false });
	const done = { client: await sendMixed(page), dealer: 0, admin: 0 };
	const draft = { client: await composeDraft(page), dealer: 0, admin: 0 };
	for (const cabinet of ["dealer", "admin"] as const) {
		const other = await on.visit({ as: cabinet, js: false });
		done[cabinet] = await sendCampaign(
			other.page,
			{ text: "Prices from Monday on", numbers: cued("991001", 40) },
			cabinet,
		);
		draft[cabinet] = await compose(other.page, { text: "Not yet", numbers: ["12", ...cued("991001", 3)] }, cabinet);
	}
	const scheduled = await sendCampaign(page, {
		name: "عرض نهاية الأسبوع",
		text: "خصم ٢٠٪ على كل الكتب حتى يوم الأحد. نراكم في المتجر!",
		numbers: cued("991001", 60),
		startAt: wallClock("Europe/Kyiv", 3 * 86_400_000),
	});
	const halted = await sendCampaign(page, {
		name: "Reminder of unpaid orders, with a name that somebody has made as long as the form lets them make it",
		text: "Your order is waiting for its payment.",
		numbers: [...cued("991000", 30), ...cued("990012", 1)],
	});
	await untilState(page, "paused");
	// Signed in before: nobody after this gets in as dealer2 without a code.
	await setUpFactor((await on.visit({ as: "dealer2", js: false })).page, "dealer", "dealer2");
	const { paused, cancelled, sending } = await setUnfinished(on, page);
	const wait = await meetBrake(on, page, unblocked);
	const message = {
		client: messageOf(on, done.client),
		dealer: messageOf(on, done.dealer),
		admin: messageOf(on, done.admin),
	};
	const team = {
		client: await setTeam(on, "client"),
		dealer: await setTeam(on, "dealer"),
		admin: await setTeam(on, "admin"),
	};
	const stop = {
		client: await addToStopList(on, "client"),
		dealer: await addToStopList(on, "dealer"),
		admin: await addToStopList(on, "admin"),
	};
	const dealers = putBill(on.app, childOf.admin, unblocked);
	const bill = { client: dealers, dealer: dealers, admin: putBill(on.app, 1, childOf.admin) };
	await callJob(on.app, "watch-providers");
	await loseWrites(on, unblocked);
	const route = await makeRoute((await on.visit({ as: "admin", js: false })).page);
	return {
		...{ bill, team, stop, stayOf, accountOf, childOf, blocked, unblocked, done, message, draft },
		...{ scheduled, halted, paused, cancelled, sending, wait, route },
	};
}

/** Whoever is on the stage comes back to the browser that they have: each new one costs as much as several pages. */
function oneBrowserEach(on: Stage): Stage {
	const visits = new Map<string, Promise<Visit>>();
	const visit: Stage["visit"] = (options) => {
		const who = JSON.stringify(options);
		const known = visits.get(who) ?? on.visit(options);
		visits.set(who, known);
		return known;
	};
	return { ...on, visit };
}

/** What a client and its dealer's person in its cabinet had saved, and a failover lost. */
async function loseWrites(on: Stage, accountId: number): Promise<void> {
	const [{ id: userId, path }] = inBooks<{ id: number; path: string }>(
		on.app,
		"SELECT u.id, a.path FROM users u JOIN accounts a ON a.id = u.account_id WHERE a.id = ? LIMIT 1",
		accountId,
	) as [{ id: number; path: string }];
	const entry = { accountId, path, atUtc: Date.now() - 60_000, userId, auditId: 1 };
	await loseWrite(on.app.wireUrl(), {
		...{ ...entry, behindUserId: null, verb: "campaign.create", subject: "campaign:900001" },
		...{ name: "عرض نهاية الأسبوع", detail: { name: "عرض نهاية الأسبوع" } },
	});
	await loseWrite(on.app.wireUrl(), {
		...{ ...entry, behindUserId: 1, verb: "money.top-up", subject: `account:${accountId}` },
		...{ name: "A shop with a long name of many words", detail: { amount: "1250.5", remark: "By the phone" } },
	});
}

/** A campaign that is too much for an account that may send a single message a day. */
async function meetBrake(on: Stage, page: Page, accountId: number): Promise<number> {
	inBooks(on.app, "INSERT INTO account_limits (account_id, brake_first_days) VALUES (?, 1)", accountId);
	const id = await sendCampaign(page, { name: "Кто это отправил?", text: "You have won!", numbers: cued("991001", 9) });
	inBooks(on.app, "DELETE FROM account_limits WHERE account_id = ?", accountId);
	return id;
}

/** The first message of a campaign. */
function messageOf(on: Stage, campaignId: number): number {
	const sql = "SELECT first_message_id AS id FROM campaigns WHERE id = ?";
	return inBooks<{ id: number }>(on.app, sql, campaignId)[0]!.id;
}

/** A campaign that met everything that can go wrong with single messages. */
async function sendMixed(page: Page): Promise<number> {
	const fates = { "991001": 100, "991000": 60, "997002": 12, "997003": 5, "990008": 4, "990015": 3, "991002": 6 };
	const numbers = Object.entries(fates).flatMap(([cue, count]) => cued(cue, count));
	const id = await sendCampaign(page, {
		name: "Весенняя распродажа",
		text: "Тюльпаны уже здесь 🌷\nСкидка 20 % до воскресенья: https://example.com/spring",
		numbers,
	});
	await untilState(page, "done");
	return id;
}

/** A draft whose audience is full of what people type. */
async function composeDraft(page: Page): Promise<number> {
	const bad = ["12", "hello", "+1 555", "3.80671E+11", "380 67", "тел. нет", "0000000000", "+999123456789"];
	const typed = Array.from({ length: 60 }, (_, i) => `${bad[i % bad.length]}${i > 7 ? ` (${i})` : ""}`);
	const numbers = [...cued("991001", 50), ...cued("991001", 5), ...typed];
	return compose(page, { name: "", text: "नमस्ते! आपका ऑर्डर तैयार है।\nसोमवार से शनिवार, 10–19 बजे।", numbers });
}

/** Three campaigns stopped or caught half way; the last goes on for as long as anybody looks. */
async function setUnfinished(on: Stage, page: Page): Promise<{ paused: number; cancelled: number; sending: number }> {
	const press = (key: string) => page.getByRole("button", { name: words("en", key), exact: true }).click();
	const file = (count: number) => ({
		name: "customers-2026-11.txt",
		mimeType: "text/plain",
		buffer: Buffer.from(many(count).join("\n")),
	});
	const begin = async (composed: Composed, count: number) => {
		const before = (await simulatorJournal(on.app)).written;
		const id = await sendCampaign(page, { ...composed, file: file(count) });
		await until("the first calls", async () => (await simulatorJournal(on.app)).written > before + 100);
		await reload(page);
		return id;
	};
	await tellSimulator(on.app, { answerMs: [1_200, 1_200] });
	const paused = await begin({ name: "New arrivals", text: "Autumn is here." }, 6_000);
	await press("campaigns:deed.pause");
	await untilState(page, "paused");
	const cancelled = await begin({ name: "Wrong price", text: "Everything for 1 ₴" }, 6_000);
	await page.getByRole("link", { name: words("en", "campaigns:deed.cancel"), exact: true }).click();
	await press("campaigns:cancel.submit");
	await untilState(page, "cancelled");
	const sending = await begin({ name: "Black Friday", text: "It has begun. −40% until midnight." }, 20_000);
	await until("the first to have read it", async () => {
		await reload(page);
		return (await figure(page, "read")) > 0;
	});
	await tellSimulator(on.app, { answerMs: [SLOW_MS, SLOW_MS] });
	return { paused, cancelled, sending };
}

/** The dealer blocks the account of one of its clients for a week. */
async function blockAccount(on: Stage, id: number): Promise<number> {
	const { page } = await on.visit({ as: "dealer", js: false });
	await page.goto(`/dealer/accounts/${id}/block`);
	const reason = "Счёт № 118 не оплачен.\nНапишите нам, когда оплатите.";
	await page.getByLabel(words("en", "blocks:reason"), { exact: true }).fill(reason);
	await page.getByLabel(words("en", "blocks:ends.week"), { exact: true }).check();
	await page.getByRole("button", { name: words("en", "blocks:submit"), exact: true }).click();
	await page.waitForURL(/\/accounts\/\d+$/);
	return id;
}

/** Id of the first account in the list of those below. */
async function firstAccount(on: Stage, as: "dealer" | "admin"): Promise<number> {
	const { page } = await on.visit({ as, js: false });
	await page.goto(`/${as}/accounts`);
	const address = await page.locator("main tbody a").first().getAttribute("href");
	return Number(/\/accounts\/(\d+)$/.exec(address ?? "")?.[1]);
}

/** Somebody with a role, and a role that nobody has. */
async function setTeam(on: Stage, as: Cabinet): Promise<Scenes["team"][Cabinet]> {
	const { page } = await on.visit({ as, js: false });
	const role = await makeRole(page, as, "campaign_manager", { name: "Рассылки" });
	const spareRole = await makeRole(page, as, "support");
	const made = await makeEmployee(page, as, { login: `manager-of-${as}`, name: "Мария Иванова", role: "Рассылки" });
	return { employee: made.id, role, spareRole };
}

/** Two people are put on the stop list by hand; resolves with the id of the newer entry. */
async function addToStopList(on: Stage, as: Cabinet): Promise<number> {
	const { page } = await on.visit({ as, js: false });
	await page.goto(`/${as}/stops/new`);
	await page.getByLabel(words("en", "stops:new.numbers"), { exact: true }).fill("+380671110001, +380671110002");
	await page.getByLabel(words("en", "stops:new.note"), { exact: true }).fill("Просили не писать — по телефону");
	await page.getByRole("button", { name: words("en", "stops:new.submit"), exact: true }).click();
	await page.waitForURL(/\/stops\?added=/);
	const address = await page.locator("main tbody a").first().getAttribute("href");
	return Number(/\/stops\/(\d+)$/.exec(address ?? "")?.[1]);
}

/** The admin takes an account from the dealer and gives it back: both have one that left. Ids of the stays. */
async function moveThereAndBack(on: Stage, accountId: number): Promise<Scenes["stayOf"]> {
	const { page } = await on.visit({ as: "admin", js: false });
	for (const to of ["admin", "dealer"]) {
		await page.goto(`/admin/accounts/${accountId}/attach?to=${to}`);
		await page.locator("main form[method=post] button[type=submit]").click();
		await page.waitForURL(new RegExp(`/accounts/${accountId}$`));
	}
	const stayOf = { dealer: 0, admin: 0 };
	for (const as of ["dealer", "admin"] as const) {
		const { page } = await on.visit({ as, js: false });
		await page.goto(`/${as}/accounts/left`);
		const address = await page.locator("main tbody a").first().getAttribute("href");
		stayOf[as] = Number(/\/left\/(\d+)$/.exec(address ?? "")?.[1]);
	}
	return stayOf;
}
