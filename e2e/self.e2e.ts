import type { Page } from "playwright-core";
import sharp from "sharp";
import { expect, it } from "vitest";
import { passwordOf, signIn } from "./harness/sign-in.ts";
import { stage } from "./harness/story.ts";
import { countOf, textAt, words } from "./harness/words.ts";

const on = stage();
const field = (page: Page, key: string) => page.getByLabel(words("en", key), { exact: true });
const press = (page: Page, key: string) =>
	page
		.getByRole("button", { name: words("en", key), exact: true })
		.first()
		.click();
const main = (page: Page) => textAt(page.locator("main"));

it("a person changes the password: the weak ones are refused, all other sessions end, this one goes on", async () => {
	const [desk, phone] = [await on.visit({ js: false }), await on.visit({ js: false })];
	const { page } = desk;
	desk.mayAnswer(422);
	phone.mayAnswer(422);
	await signIn(page, "client2");
	await signIn(phone.page, "client2");
	await page.goto("/client/settings");
	await page.getByRole("link", { name: words("en", "settings:index.password"), exact: true }).click();
	const fill = async (current: string, password: string) => {
		await field(page, "settings:password.current").fill(current);
		await field(page, "settings:password.new").fill(password);
		await field(page, "settings:password.repeat").fill(password);
		await press(page, "settings:password.submit");
	};
	await fill("wrong", "seven green kettles");
	expect(await main(page)).toContain(words("en", "settings:password.error.wrong"));
	for (const [password, flaw] of [
		["qwertyuiop", "leaked"],
		["aaaaaaaaaaaaaa", "easy"],
		["my client2 word 8x", "has_login"],
	] as const) {
		await fill(passwordOf("client2"), password);
		expect(await main(page), password).toContain(words("en", `settings:password.error.${flaw}`));
	}
	await fill(passwordOf("client2"), "seven green kettles");
	await page.waitForURL(/\/client\/settings\?done=password$/);
	expect(await main(page)).toContain(words("en", "settings:done.password"));
	await phone.page.goto("/client/settings");
	expect(new URL(phone.page.url()).pathname, "the other session is over").toBe("/sign-in");
	await field(phone.page, "auth:login").fill("client2");
	await field(phone.page, "auth:password").fill("seven green kettles");
	await press(phone.page, "auth:submit");
	await phone.page.waitForURL(/\/client\//);
});

it("a person sees where it is signed in, ends one session, then signs out everywhere", async () => {
	const [desk, phone, tablet] = [
		await on.visit({ js: false }),
		await on.visit({ js: false }),
		await on.visit({ js: false }),
	];
	for (const { page } of [desk, phone, tablet]) await signIn(page, "client3");
	const { page } = desk;
	await page.goto("/client/settings/sessions");
	const rows = page.locator("main tbody tr");
	expect(await countOf(rows)).toBe(3);
	expect(await textAt(rows.first())).toContain(words("en", "settings:sessions.this"));
	expect(await textAt(rows.first())).toMatch(/Chrome.*127\.0\.0\.1/);
	await rows.nth(1).getByRole("button").click();
	expect(await countOf(rows)).toBe(2);
	await press(page, "settings:sessions.end_all");
	await page.waitForURL(/\/sign-in/);
	for (const other of [page, phone.page, tablet.page]) {
		await other.goto("/client/campaigns");
		expect(new URL(other.url()).pathname).toBe("/sign-in");
	}
});

it("a person keeps a profile with a picture; a file that is none is refused and nothing typed is lost", async () => {
	const { page, mayAnswer } = await on.visit({ js: false, as: "client" });
	mayAnswer(413, 422, 404);
	await page.goto("/client/settings/profile");
	await field(page, "settings:profile.name").fill("Olena Shevchenko");
	await field(page, "settings:profile.phone").fill("067 123 45 67");
	await field(page, "settings:profile.time_zone").fill("lisbon");
	const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
	await page.locator('input[type="file"]').setInputFiles({ name: "me.png", mimeType: "image/png", buffer: svg });
	await press(page, "settings:profile.submit");
	expect(await main(page)).toContain(words("en", "settings:profile.error.no_picture"));
	expect(await field(page, "settings:profile.name").inputValue()).toBe("Olena Shevchenko");
	const photo = await sharp({ create: { width: 900, height: 600, channels: 3, background: "#2a7" } })
		.jpeg()
		.toBuffer();
	await page.locator('input[type="file"]').setInputFiles({ name: "me.jpg", mimeType: "image/jpeg", buffer: photo });
	await press(page, "settings:profile.submit");
	await page.waitForURL(/\?done=profile$/);
	const src = (await page.locator("header img.avatar").getAttribute("src"))!;
	const answer = await page.request.get(src);
	expect(answer.headers()).toMatchObject({ "content-type": "image/webp", "x-content-type-options": "nosniff" });
	expect(answer.headers()["content-security-policy"]).toContain("default-src 'none'");
	expect(answer.headers()["cache-control"]).toContain("immutable");
	const others = await Promise.all(
		(["dealer", "dealer2", "client3"] as const).map(async (as) => {
			const visit = await on.visit({ js: false, ...(as !== "client3" && { as }) });
			return (await visit.page.request.get(src)).status();
		}),
	);
	expect(others, "its dealer may see it, another dealer and strangers may not").toEqual([200, 404, 404]);
	await page.goto("/client/settings/profile");
	expect(await field(page, "settings:profile.phone").inputValue()).toBe("+380671234567");
	expect(await field(page, "settings:profile.time_zone").inputValue()).toBe("Europe/Lisbon");
});

it("a person reads what has happened: notices, activity, visits", async () => {
	const { page } = await on.visit({ js: false, as: "dealer" });
	await page.goto("/dealer/accounts");
	await page.locator("header a[href$='/notices']").click();
	await page.waitForURL(/\/notices$/);
	expect(await main(page)).toContain("127.0.0.1");
	await press(page, "notices:mark_seen");
	await page.locator("header a[href$='/notices'] b").waitFor({ state: "detached" });
	expect(await main(page)).toContain(words("en", "notices:seen"));
	await page.goto("/dealer/settings");
	await page.getByRole("link", { name: words("en", "settings:index.activity"), exact: true }).click();
	await page.waitForURL(/\/activity$/);
	expect(await main(page)).toContain(words("en", "audit:verb.sign-in"));
	await page.goto("/dealer/settings/visits");
	expect(await main(page)).toContain(words("en", "settings:visits.none"));
});
