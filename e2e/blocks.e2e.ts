import type { Page } from "playwright-core";
import { beforeEach, describe, expect, it } from "vitest";
import { accountIdOf, inBooks } from "./harness/books.ts";
import { sendCampaign, untilState } from "./harness/campaign.ts";
import { cued, many } from "./harness/numbers.ts";
import { type Login, passwordOf, signIn } from "./harness/sign-in.ts";
import { resetSimulator, simulatorJournal, tellSimulator } from "./harness/simulator.ts";
import { stage } from "./harness/story.ts";
import { until } from "./harness/until.ts";
import { wallClock } from "./harness/wall-clock.ts";
import { countOf, textAt, words } from "./harness/words.ts";

const on = stage();
const REASON = "Счёт № 118 не оплачен";

const button = (page: Page, key: string) => page.getByRole("button", { name: words("en", key), exact: true });
const field = (page: Page, key: string) => page.getByLabel(words("en", key), { exact: true });
const written = async () => (await simulatorJournal(on.app)).written;
const stateOf = (login: string, id = accountIdOf(on.app, login)) =>
	inBooks<{ state: string }>(on.app, "SELECT state FROM accounts WHERE id = ?", id)[0]!.state;

beforeEach(async () => {
	await resetSimulator(on.app);
});

/** Fills in the page of blocking an account, which is open, and goes to the account's page. */
async function block(page: Page, choose: (page: Page) => Promise<void>): Promise<void> {
	await field(page, "blocks:reason").fill(REASON);
	await choose(page);
	await button(page, "blocks:submit").click();
	await page.waitForURL(/\/accounts\/\d+$/);
}

const open = (page: Page) => field(page, "blocks:ends.open").check();

/** What the sign-in page says to somebody with this password; undefined: it let them in. */
async function refusalOf(login: Login, password: string = passwordOf(login)): Promise<string | undefined> {
	const { page, mayAnswer } = await on.visit({ js: false });
	mayAnswer(403, 422);
	await page.goto("/sign-in");
	await field(page, "auth:login").fill(login);
	await field(page, "auth:password").fill(password);
	await button(page, "auth:submit").click();
	await page.waitForLoadState();
	if (!new URL(page.url()).pathname.startsWith("/sign-in")) return undefined;
	return textAt(page.getByRole("alert"));
}

describe("a block", () => {
	it("with a reason is read at sign-in by whoever has the password, ends what was open, and is lifted", async () => {
		const id = accountIdOf(on.app, "client");
		const client = await on.visit({ js: false });
		await signIn(client.page, "client");
		const { page, mayAnswer } = await on.visit({ js: false, as: "dealer" });
		mayAnswer(422);
		await page.goto(`/dealer/accounts/${id}/block`);
		// Nothing said: both are asked for, beside their fields; what was chosen stays.
		await field(page, "blocks:ends.at").check();
		await button(page, "blocks:submit").click();
		expect(await textAt(page.getByRole("alert"))).toContain(words("en", "blocks:error.reason_missing"));
		expect(await textAt(page.locator("main"))).toContain(words("en", "blocks:error.date_missing"));
		expect(await field(page, "blocks:ends.at").isChecked()).toBe(true);
		await block(page, async () => {
			const { date, time } = wallClock("Europe/Kyiv", 2 * 86_400_000);
			await field(page, "blocks:date").fill(date);
			await field(page, "blocks:time").fill(time);
		});
		await client.page.goto("/client/campaigns");
		expect(new URL(client.page.url()).pathname, "who was in is out").toBe("/sign-in");
		const said = await refusalOf("client");
		expect(said).toContain(REASON);
		expect(said).toContain(words("en", "blocks:sign_in.title"));
		expect(said).toContain("(Europe/Kyiv)");
		const wrong = await refusalOf("client", "wrong");
		expect(wrong).toBe(words("en", "auth:error.wrong"));
		await page.goto(`/dealer/accounts/${id}/block`);
		expect(await textAt(page.locator("main"))).toContain(REASON);
		await button(page, "blocks:unblock.submit").click();
		await page.waitForURL(/\/accounts\/\d+$/);
		await client.page.goto("/client/campaigns");
		expect(new URL(client.page.url()).pathname, "an old session stays ended").toBe("/sign-in");
		expect(await refusalOf("client")).toBeUndefined();
	});

	it("for a time ends by itself at its moment, and that is written down", async () => {
		const id = accountIdOf(on.app, "client2");
		const { page } = await on.visit({ js: false, as: "dealer" });
		await page.goto(`/dealer/accounts/${id}/block`);
		await block(page, () => field(page, "blocks:ends.hour").check());
		expect(await refusalOf("client2")).toContain(REASON);
		// The hour is over.
		inBooks(on.app, "UPDATE accounts SET blocked_until_utc = ? WHERE id = ?", Date.now() - 1, id);
		expect(await refusalOf("client2")).toBeUndefined();
		await until("the end to be written down", () => stateOf("client2") === "active");
		const [entry] = inBooks(
			on.app,
			"SELECT user_id, verb FROM audit WHERE subject = ? ORDER BY id DESC",
			`account:${id}`,
		);
		expect(entry).toEqual({ user_id: null, verb: "account.unblock" });
	});

	it("by the admin is not the dealer's to lift; a dealer's clients do not read what was written to it", async () => {
		const admin = await on.visit({ js: false, as: "admin" });
		await admin.page.goto(`/admin/accounts/${accountIdOf(on.app, "client2")}/block`);
		await block(admin.page, open);
		const { page } = await on.visit({ js: false, as: "dealer" });
		await page.goto(`/dealer/accounts/${accountIdOf(on.app, "client2")}/block`);
		const shown = await textAt(page.locator("main"));
		expect(shown).toContain(words("en", "blocks:from_above"));
		expect(shown).not.toContain("Head office");
		expect(await countOf(page.locator('main button[type="submit"]'))).toBe(0);
		await admin.page.goto(`/admin/accounts/${accountIdOf(on.app, "dealer2")}/block`);
		await block(admin.page, open);
		const said = await refusalOf("client3");
		expect(said).toContain(words("en", "blocks:sign_in.title_above"));
		expect(said).not.toContain(REASON);
		for (const login of ["client2", "dealer2"]) {
			await admin.page.goto(`/admin/accounts/${accountIdOf(on.app, login)}/block`);
			await button(admin.page, "blocks:unblock.submit").click();
			await admin.page.waitForURL(/\/accounts\/\d+$/);
		}
		expect(await refusalOf("client3")).toBeUndefined();
	});

	it("from a page that is no longer true is refused with how it is now, and what was typed is kept", async () => {
		const address = `/accounts/${accountIdOf(on.app, "client2")}/block`;
		const admin = await on.visit({ js: false, as: "admin" });
		const { page, mayAnswer } = await on.visit({ js: false, as: "dealer" });
		mayAnswer(409);
		await page.goto(`/dealer${address}`);
		await admin.page.goto(`/admin${address}`);
		await block(admin.page, open);
		await field(page, "blocks:reason").fill("Mine");
		await button(page, "blocks:submit").click();
		const shown = await textAt(page.locator("main"));
		expect(shown).toContain(words("en", "blocks:error.stale"));
		expect(shown).toContain(REASON);
		await admin.page.goto(`/admin${address}`);
		await button(admin.page, "blocks:unblock.submit").click();
		await admin.page.waitForURL(/\/accounts\/\d+$/);
	});

	it("stops what is being sent; once lifted, one click sends the rest, and nobody is written to twice", async () => {
		const numbers = many(6_000);
		await tellSimulator(on.app, { answerMs: [15_000, 15_000] });
		const client = await on.visit({ js: false });
		await signIn(client.page, "client");
		const file = { name: "many.txt", mimeType: "text/plain", buffer: Buffer.from(numbers.join("\n")) };
		const campaign = await sendCampaign(client.page, { text: "To many", file });
		const soon = wallClock("Europe/Kyiv", 86_400_000);
		const waiting = await sendCampaign(client.page, { text: "Planned", numbers: cued("991001", 2), startAt: soon });
		await until("the first call", async () => (await written()) > 0);
		const { page } = await on.visit({ js: false, as: "dealer" });
		// Of its dealer: the whole branch stops.
		const admin = await on.visit({ js: false, as: "admin" });
		await admin.page.goto(`/admin/accounts/${accountIdOf(on.app, "dealer")}/block`);
		await block(admin.page, open);
		await page.goto("/dealer/campaigns");
		expect(new URL(page.url()).pathname).toBe("/sign-in");
		await admin.page.goto(`/admin/campaigns/${campaign}`);
		await untilState(admin.page, "paused");
		expect(await textAt(admin.page.locator("main"))).toContain(words("en", "causes:account_blocked.what"));
		// The moment of the other comes and goes meanwhile.
		inBooks(on.app, "UPDATE campaigns SET start_at_utc = ? WHERE id = ?", Date.now(), waiting);
		await admin.page.goto(`/admin/campaigns/${waiting}`);
		await untilState(admin.page, "paused");
		await admin.page.goto(`/admin/accounts/${accountIdOf(on.app, "dealer")}/block`);
		await button(admin.page, "blocks:unblock.submit").click();
		await admin.page.waitForURL(/\/accounts\/\d+$/);
		expect(await written()).toBeLessThan(numbers.length);
		await tellSimulator(on.app, { answerMs: [0, 0] });
		await signIn(client.page, "client");
		for (const id of [campaign, waiting]) {
			await client.page.goto(`/client/campaigns/${id}`);
			await button(client.page, "campaigns:deed.resume").click();
			await untilState(client.page, "done");
		}
		const all = numbers.length + 2;
		expect(await simulatorJournal(on.app)).toMatchObject({ written: all, recipients: all, repeated: {} });
	});
});

/** What an account has goes back to the one above it: money keeps it from being closed. */
async function returnBalance(page: Page, account: string): Promise<void> {
	await page.goto(`${account}/close`);
	await page.getByRole("link", { name: words("en", "blocks:close.money_zero"), exact: true }).click();
	await page.locator("main form[method=post] button[type=submit]").click();
	await page.waitForURL(/\/money\?done=\d+$/);
}

describe("closing", () => {
	it("says what is in the way, and afterwards nobody comes in, while those above can still read it", async () => {
		await tellSimulator(on.app, { answerMs: [15_000, 15_000] });
		const client = await on.visit({ js: false, as: "client3" });
		const id = accountIdOf(on.app, "client3");
		const campaign = await sendCampaign(client.page, {
			name: "The last one",
			text: "Bye",
			numbers: cued("991001", 20),
		});
		const dealer = await on.visit({ js: false });
		dealer.mayAnswer(422);
		await signIn(dealer.page, "dealer2");
		const { page } = dealer;
		await page.goto(`/dealer/accounts/${id}/close`);
		expect(await textAt(page.locator("main"))).toContain(words("en", "blocks:close.in_way"));
		expect(await countOf(page.getByRole("link", { name: "The last one", exact: true }))).toBe(1);
		expect(await countOf(page.locator('main button[type="submit"]'))).toBe(0);
		await tellSimulator(on.app, { answerMs: [0, 0] });
		await client.page.goto(`/client/campaigns/${campaign}`);
		await untilState(client.page, "done");
		const admin = await on.visit({ js: false, as: "admin" });
		await admin.page.goto(`/admin/accounts/${accountIdOf(on.app, "dealer2")}/close`);
		expect(await textAt(admin.page.locator("main"))).toContain(words("en", "blocks:close.branch_link"));
		await returnBalance(page, `/dealer/accounts/${id}`);
		await page.goto(`/dealer/accounts/${id}/close`);
		await field(page, "blocks:close.confirm").fill("client2");
		await button(page, "blocks:close.submit").click();
		expect(await textAt(page.locator("main"))).toContain(words("en", "blocks:close.other_login"));
		expect(await field(page, "blocks:close.confirm").inputValue()).toBe("client2");
		await field(page, "blocks:close.confirm").fill("client3");
		await button(page, "blocks:close.submit").click();
		await page.waitForURL(/\/accounts\/\d+$/);
		expect(await textAt(page.locator("h1"))).toBe(`#${id}`);
		await client.page.goto("/client/campaigns");
		expect(new URL(client.page.url()).pathname).toBe("/sign-in");
		expect(await refusalOf("client3")).toBe(words("en", "auth:error.wrong"));
		await until("its lists to be gone", () => {
			const rows = inBooks(on.app, "SELECT wiped_at_utc AS at FROM accounts WHERE id = ?", id);
			return rows[0]!.at !== null;
		});
		expect(inBooks(on.app, "SELECT 1 FROM contacts WHERE account_id = ?", id)).toEqual([]);
		await page.goto(`/dealer/campaigns/${campaign}`);
		expect(await textAt(page.locator("h1"))).toBe("The last one");
		// With its branch closed the dealer can be, too.
		const dealerPath = `/admin/accounts/${accountIdOf(on.app, "dealer2")}`;
		await returnBalance(admin.page, dealerPath);
		await admin.page.goto(`${dealerPath}/close`);
		await field(admin.page, "blocks:close.confirm").fill("dealer2");
		await button(admin.page, "blocks:close.submit").click();
		await admin.page.waitForURL(/\/accounts\/\d+$/);
		expect(stateOf("", Number(/\d+$/.exec(admin.page.url())![0]))).toBe("closed");
	});
});
