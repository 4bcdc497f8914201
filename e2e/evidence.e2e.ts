import { expect, it } from "vitest";
import { accountIdOf, inBooks } from "./harness/books.ts";
import { sendCampaign, untilState } from "./harness/campaign.ts";
import { cued } from "./harness/numbers.ts";
import { reload } from "./harness/reload.ts";
import { stage } from "./harness/story.ts";
import { until } from "./harness/until.ts";
import { countOf, textAt, words } from "./harness/words.ts";

const on = stage();
const READ = "991001";

it("a client, its dealer and the admin see what proves that a message was read; only the admin who said so", async () => {
	const { page } = await on.visit({ js: false, as: "client" });
	const id = await sendCampaign(page, { text: "Your parcel is here", numbers: cued(READ, 3) });
	await untilState(page, "done");
	await page.goto(`/client/campaigns/${id}/messages`);
	await page.locator("main tbody a").first().click();
	await page.waitForURL(/\/messages\/\d+$/);
	const address = new URL(page.url()).pathname;
	await until("it to have been read", async () => {
		await reload(page);
		return (await textAt(page.locator("main dl").first())).includes(words("en", "campaigns:message.read"));
	});
	const whole = await textAt(page.locator("main"));
	expect(whole).toContain(words("en", "evidence:result.handedOver"));
	expect(whole).toContain("Your parcel is here");
	expect(whole).toContain(words("en", "evidence:provider_n").replace("{{n}}", "1"));
	expect(await countOf(page.locator("main table").nth(1).locator("tbody tr")), "delivered and read, each said").toBe(2);
	const name = inBooks<{ name: string }>(on.app, "SELECT name FROM providers ORDER BY id")[0]!.name;
	expect(await page.content()).not.toContain(name);

	const dealer = (await on.visit({ js: false, as: "dealer" })).page;
	await dealer.goto(address.replace("client", "dealer"));
	expect(await textAt(dealer.locator("main"))).toContain(words("en", "campaigns:message.read"));

	const admin = (await on.visit({ js: false, as: "admin" })).page;
	await admin.goto(address.replace("client", "admin"));
	expect(await textAt(admin.locator("main"))).toContain(name);
	await admin.locator("main details .raw").first().waitFor({ state: "attached" });
	await admin.locator("main table").nth(1).locator("summary").first().click();
	await admin.locator('main a[href^="/admin/inbox/"]').first().click();
	await admin.waitForURL(/\/admin\/inbox\/\d+$/);
	expect(await textAt(admin.locator("main"))).toContain(words("en", "inbox:standing.applied"));
	await admin.locator('main a[href*="/messages/"]').first().click();
	await admin.waitForURL(/\/messages\/\d+$/);
});

it("nobody else's client comes near it", async () => {
	const { page } = await on.visit({ js: false, as: "client" });
	const id = await sendCampaign(page, { text: "Only for us", numbers: cued(READ, 1) });
	await untilState(page, "done");
	const [row] = inBooks<{ m: number }>(on.app, "SELECT first_message_id AS m FROM campaigns WHERE id = ?", id);
	expect(accountIdOf(on.app, "client3")).toBeGreaterThan(0);
	const other = await on.visit({ js: false, as: "client3" });
	other.mayAnswer(404);
	const answer = await other.page.goto(`/client/campaigns/${id}/messages/${row!.m}`);
	expect(answer?.status()).toBe(404);
});

it("the admin finds a callback that could not be read, and has it read once more", async () => {
	const { page } = await on.visit({ js: false, as: "admin" });
	await page.goto("/admin/providers/1");
	const callbackUrl = /https?:\/\/[^\s<"]+\/hooks\/[\w/-]+/.exec(await page.content())![0];
	expect((await fetch(callbackUrl, { method: "POST", body: "{half <script>alert(1)</script>" })).status).toBe(200);
	await page.goto("/admin");
	await page
		.getByRole("link", { name: words("en", "common:menu.inbox"), exact: true })
		.first()
		.click();
	await page.getByLabel(words("en", "inbox:filter.standing"), { exact: true }).selectOption("unreadable");
	const isListed = async () => {
		await page.getByRole("button", { name: words("en", "inbox:filter.submit"), exact: true }).click();
		return (await countOf(page.locator("main tbody tr"))) === 1;
	};
	await until("it to be in the list", isListed);
	await page.getByRole("button", { name: words("en", "inbox:replay.all_unreadable"), exact: true }).click();
	expect(await textAt(page.getByRole("status"))).toContain(words("en", "inbox:replay.asked_all"));
	// While it is read once more it waits, and is not among the unreadable.
	await until("it to be in the list again", isListed);
	await page.locator("main tbody a").first().click();
	expect(await textAt(page.locator("main .raw"))).toContain("<script>alert(1)</script>");
	await page.getByRole("button", { name: words("en", "inbox:replay.one"), exact: true }).click();
	expect(await textAt(page.getByRole("status"))).toContain(words("en", "inbox:replay.asked"));
	await page.goto("/admin/audit");
	expect(await textAt(page.locator("main"))).toContain(words("en", "audit:verb.callback_replay"));
	await page.goto("/admin/inbox");
	await page.getByRole("link", { name: words("en", "recounts:title"), exact: true }).click();
	expect(await textAt(page.locator("main"))).toContain(words("en", "recounts:none"));
});
