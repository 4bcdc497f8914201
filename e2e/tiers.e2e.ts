import type { Locator, Page } from "playwright-core";
import { expect, it } from "vitest";
import { accountIdOf, inBooks } from "./harness/books.ts";
import { compose, figure, start, untilState } from "./harness/campaign.ts";
import { balanceOn, factMicros, moveMoney, proveBooks, statementOf } from "./harness/money.ts";
import { cued } from "./harness/numbers.ts";
import { reload } from "./harness/reload.ts";
import { stage } from "./harness/story.ts";
import { signInAs } from "./harness/team.ts";
import { until } from "./harness/until.ts";
import { countOf, textAt, words } from "./harness/words.ts";

const on = stage();
const PASSWORD = "zebra-lamp-forty-2";
const w = (key: string, values: Record<string, string | number> = {}) => words("en", key, values);
const kinds = (sums: Record<string, number>) =>
	Object.fromEntries(Object.entries(sums).map(([kind, micros]) => [w(`money:${kind}`), micros]));

/** With plain spaces, also between a currency and its sum. */
const plainAt = async (place: Locator) => (await textAt(place)).replaceAll(/\s+/g, " ");

/** A dealer, as the signed-in account makes one below itself, or a client. Resolves with its id. */
async function makeAccount(page: Page, login: string, name: string, kind?: "dealer_can"): Promise<number> {
	const label = (key: string) => page.getByLabel(w(`accounts:${key}`), { exact: true });
	await page.goto("/dealer/accounts/new");
	if (kind) await label(`kind.${kind}`).check();
	await label("login").fill(login);
	await label("name").fill(name);
	await label("password").fill(PASSWORD);
	await page.getByRole("button", { name: w("accounts:new.submit"), exact: true }).click();
	await page.waitForURL(/\/accounts\/\d+$/);
	return Number(/\d+$/.exec(page.url())?.[0]);
}

async function topUp(page: Page, cabinet: string, accountId: number, amount: string): Promise<void> {
	await page.goto(`/${cabinet}/accounts/${accountId}/money/top-up`);
	await moveMoney(page, amount);
}

async function setPrice(page: Page, accountId: number, price: string): Promise<void> {
	await page.goto(`/dealer/accounts/${accountId}/prices`);
	await page.getByLabel(w("routing:country"), { exact: true }).fill("Ukraine");
	await page.getByLabel(w("prices:price_in", { currency: "EUR" }), { exact: true }).fill(price);
	await page.getByRole("button", { name: w("prices:submit"), exact: true }).click();
	await page.waitForURL(/\/prices$/);
	await page.locator("main tbody").getByText(`EUR ${price}`, { exact: true }).first().waitFor();
}

/** What a campaign's page tells of its money. */
async function campaignMoney(page: Page, address: string): Promise<Record<string, number | undefined>> {
	await page.goto(address);
	const told: Record<string, number | undefined> = {};
	for (const key of ["held", "charged", "earned", "back", "cost", "margin"])
		told[key] = await factMicros(page, `charging:campaign.${key}`);
	return told;
}

/** Micro-units of one message to Ukraine: what the provider takes, and what each tier pays. */
const COST = 8_300;
const UNIT = { dealer: 10_500, sub: 12_300, client: 15_371 };

it("four tiers: topped up and priced from tier to tier, a client sends, and every tier's pages say the same to the micro-unit", async () => {
	const admin = (await on.visit({ as: "admin", js: false })).page;
	const dealer = (await on.visit({ as: "dealer", js: false })).page;
	const sub = (await on.visit({ js: false })).page;
	const client = (await on.visit({ js: false })).page;
	const dealerId = accountIdOf(on.app, "dealer");

	await topUp(admin, "admin", dealerId, "25");
	const subId = await makeAccount(dealer, "hill.dealer", "Hill Dealer", "dealer_can");
	await topUp(dealer, "dealer", subId, "10");
	await setPrice(dealer, subId, "0.0123");
	await signInAs(sub, "hill.dealer", PASSWORD);
	await sub.waitForURL(/\/dealer\//);
	const clientId = await makeAccount(sub, "hill.client", "Hill Client");
	await setPrice(sub, clientId, "0.015371");
	await topUp(sub, "dealer", clientId, "1.5");
	await signInAs(client, "hill.client", PASSWORD);
	await client.waitForURL(/\/client\//);

	await client.goto("/client/prices");
	expect((await plainAt(client.locator("main"))).match(/EUR [\d.]+/g), "its own price only").toEqual(["EUR 0.015371"]);
	const before = {
		admin: await balanceOn(admin, "/admin/money"),
		dealer: await balanceOn(dealer, "/dealer/money"),
		sub: await balanceOn(sub, "/dealer/money"),
		costs: await statementOf(admin, "admin", "costs"),
	};
	expect(before.sub).toEqual({ available: 8_500_000, held: 0 });

	// Most get it; four have no Viber, three are out of reach until it expires, two numbers do not exist.
	const numbers = [
		...cued("991001", 40),
		...cued("991000", 15),
		...cued("997002", 4),
		...cued("990015", 3),
		...cued("990004", 2),
	];
	const id = await compose(client, { name: "Hill sale", text: "Everything must go", numbers });
	expect(await factMicros(client, "prices:forecast.all")).toBe(numbers.length * UNIT.client);
	await start(client);
	await untilState(client, "done");
	await until("all of it to have ended", async () => {
		await reload(client);
		const [arrived, lost] = [await figure(client, "delivered"), await figure(client, "exactly-lost")];
		return arrived + lost === numbers.length;
	});
	const sent = await figure(client, "delivered");
	expect(sent).toBe(55);
	const back = numbers.length - sent;

	expect(await campaignMoney(client, `/client/campaigns/${id}`)).toEqual({
		...{ held: 0, charged: sent * UNIT.client, back: back * UNIT.client },
		...{ earned: undefined, cost: undefined, margin: undefined },
	});
	const spent = sent * UNIT.client;
	expect(await balanceOn(client, "/client/money")).toEqual({ available: 1_500_000 - spent, held: 0 });
	expect(await statementOf(client, "client", "available")).toEqual(
		kinds({
			"statement.opening": 0,
			"kind.top_up": 1_500_000,
			"kind.hold": -numbers.length * UNIT.client,
			"kind.release": back * UNIT.client,
			"statement.closing": 1_500_000 - spent,
		}),
	);
	expect(await statementOf(client, "client", "held")).toEqual(
		kinds({
			"statement.opening": 0,
			"kind.hold": numbers.length * UNIT.client,
			"kind.capture": -spent,
			"kind.release": -back * UNIT.client,
			"statement.closing": 0,
		}),
	);
	await client.goto("/client/money?book=held&kind=capture");
	const lines = client.locator("main tbody tr");
	const counted = (await lines.allTextContents()).map((line) => Number(/ (\d+) messages?/.exec(line)?.[1]));
	expect(await countOf(lines), "one line a batch, not a message").toBeLessThan(sent);
	expect(counted.reduce((sum, count) => sum + count, 0)).toBe(sent);

	const tier = async (page: Page, cabinet: string, below: number, own: number) => {
		expect(await campaignMoney(page, `/${cabinet}/campaigns/${id}`)).toEqual({
			...{ held: 0, charged: undefined, earned: sent * below, back: back * below },
			...{ cost: sent * own, margin: sent * (below - own) },
		});
		return { available: sent * (below - own), held: 0 };
	};
	const plus = (had: { available: number }, gained: { available: number }) => had.available + gained.available;
	const gained = {
		sub: await tier(sub, "dealer", UNIT.client, UNIT.sub),
		dealer: await tier(dealer, "dealer", UNIT.sub, UNIT.dealer),
		admin: await tier(admin, "admin", UNIT.dealer, COST),
	};
	expect(await balanceOn(sub, "/dealer/money")).toEqual({ available: plus(before.sub, gained.sub), held: 0 });
	expect((await statementOf(sub, "dealer", "available"))[w("money:kind.capture")]).toBe(gained.sub.available);
	expect(await balanceOn(dealer, "/dealer/money")).toEqual({ available: plus(before.dealer, gained.dealer), held: 0 });
	expect(await balanceOn(dealer, `/dealer/accounts/${clientId}/money`)).toEqual({
		available: 1_500_000 - spent,
		held: 0,
	});
	const taken = sent * UNIT.dealer;
	expect(await balanceOn(admin, "/admin/money")).toEqual({ available: before.admin.available + taken, held: 0 });
	const costs = await statementOf(admin, "admin", "costs");
	const closing = w("money:statement.closing");
	expect(costs[closing]).toBe((before.costs[closing] ?? 0) - sent * COST);
	expect((await statementOf(admin, "admin", "providers"))[closing]).toBe(-costs[closing]!);
	expect(await proveBooks(on.app)).toMatch(/^proved: \d+ transfers, \d+ books$/);
});

it("a balance that covers some: by how much it is short, a page gone stale by a top-up, and exactly as many as it covers", async () => {
	const dealer = (await on.visit({ as: "dealer2", js: false })).page;
	const { page: client, mayAnswer } = await on.visit({ as: "client3", js: false });
	mayAnswer(409, 422);
	const clientId = accountIdOf(on.app, "client3");
	const UNIT_MICROS = 14_500;
	await dealer.goto(`/dealer/accounts/${clientId}/money/zero`);
	await moveMoney(dealer);
	await topUp(dealer, "dealer", clientId, "0.2");
	await compose(client, { name: "Too many", text: "Only for some", numbers: cued("991001", 30) });
	const said = (missing: string) => w("charging:short.missing", { missing: `EUR ${missing}` });
	const cover = (n: number) => client.getByRole("button", { name: w("charging:cover", { n }), exact: true });
	expect(await plainAt(client.getByRole("alert"))).toContain(said("0.235"));

	await client.locator('button[value="start"]').last().click();
	await client
		.getByRole("alert")
		.filter({ hasText: w("charging:error.balance_short") })
		.waitFor();
	await topUp(dealer, "dealer", clientId, "0.1");
	// Still as it stood before the top-up: 13 were covered, 20 are now.
	await cover(13).click();
	await client
		.getByRole("alert")
		.filter({ hasText: w("charging:error.cover_changed", { n: 20 }) })
		.waitFor();
	await client
		.getByRole("alert")
		.filter({ hasText: said("0.135") })
		.waitFor();
	expect(await balanceOn(dealer, `/dealer/accounts/${clientId}/money`)).toEqual({ available: 300_000, held: 0 });
	await cover(20).click();
	await client.waitForURL(/\/campaigns\/\d+$/);
	const id = Number(/\d+$/.exec(client.url())?.[0]);
	await untilState(client, "done");
	await until("those who are covered to have it", async () => {
		await reload(client);
		return (await figure(client, "delivered")) === 20;
	});
	expect(await figure(client, "exactly-lost")).toBe(10);
	expect(await textAt(client.locator(".causes li"))).toContain(w("causes:balance_short.what"));
	expect((await campaignMoney(client, `/client/campaigns/${id}`)).charged).toBe(20 * UNIT_MICROS);
	expect(await balanceOn(client, "/client/money")).toEqual({ available: 300_000 - 20 * UNIT_MICROS, held: 0 });

	// Another, whose moment came while the balance was short.
	const late = await compose(client, { name: "Late", text: "Only for some", numbers: cued("991001", 25) });
	const paused =
		"UPDATE campaigns SET state = 'paused', paused_from = 'scheduled', cause = 'balance_short', start_at_utc = 1";
	inBooks(on.app, `${paused} WHERE id = ?`, late);
	await topUp(dealer, "dealer", clientId, "0.14");
	await client.goto(`/client/campaigns/${late}`);
	await client
		.getByRole("alert")
		.filter({ hasText: said("0.2125") })
		.waitFor();
	await client.getByRole("button", { name: w("campaigns:deed.resume"), exact: true }).click();
	await client
		.getByRole("alert")
		.filter({ hasText: w("charging:error.balance_short") })
		.waitFor();
	await cover(10).click();
	await untilState(client, "done");
	await until("the ten to have it", async () => {
		await reload(client);
		return (await figure(client, "delivered")) === 10 && (await figure(client, "exactly-lost")) === 15;
	});
	expect(await balanceOn(client, "/client/money")).toEqual({ available: 150_000 - 10 * UNIT_MICROS, held: 0 });
	expect(await proveBooks(on.app)).toContain("proved");
});
