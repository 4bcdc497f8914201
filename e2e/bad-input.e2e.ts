import { open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import iconv from "iconv-lite";
import { expect, it } from "vitest";
import { campaignIdOf, compose, fillIn, sendCampaign, submitForm } from "./harness/campaign.ts";
import { cued } from "./harness/numbers.ts";
import { rawUpload } from "./harness/raw-upload.ts";
import { stage } from "./harness/story.ts";
import { wallClock } from "./harness/wall-clock.ts";
import { countOf, textAt, words } from "./harness/words.ts";

const on = stage();
const TOO_BIG = 200 * 1024 * 1024;
const TEXT = "Half price — только сегодня";

type Page = Awaited<ReturnType<typeof on.visit>>["page"];

const textOf = (page: Page) => page.getByLabel(words("en", "campaigns:form.text"), { exact: true }).inputValue();

/** What the form says is wrong, above it, once it says so. */
async function errorsOf(page: Page): Promise<string[]> {
	await page.locator(".errors li").first().waitFor();
	return (await page.locator(".errors li").allTextContents()).map((line) => line.trim());
}

/** A visitor without JavaScript at the form of a new campaign, whose text is written already. */
async function atTheForm(...statuses: number[]) {
	const visit = await on.visit({ js: false, as: "client" });
	visit.mayAnswer(...statuses);
	await visit.page.goto("/client/campaigns/new");
	await fillIn(visit.page, { name: "Sale", text: TEXT });
	return visit;
}

async function expectKept(page: Page): Promise<void> {
	expect(await textOf(page)).toBe(TEXT);
	expect(await page.getByLabel(words("en", "campaigns:form.name"), { exact: true }).inputValue()).toBe("Sale");
}

it("an empty audience", async () => {
	const { page } = await atTheForm(422);
	await submitForm(page);
	expect(await errorsOf(page)).toEqual([words("en", "audiences:error.missing")]);
	await expectKept(page);
});

it("an audience of nothing but bad numbers", async () => {
	const { page } = await atTheForm(422);
	await fillIn(page, { numbers: ["12", "hello", "380"] });
	await submitForm(page);
	expect(await errorsOf(page)).toHaveLength(1);
	await expectKept(page);
	const paste = page.getByLabel(words("en", "audiences:form.paste"), { exact: true });
	expect(await paste.inputValue()).toBe("12\nhello\n380");
});

it("1,001 characters; 1,000 pass", async () => {
	const { page } = await atTheForm(422);
	await fillIn(page, { text: "ж".repeat(1_001), numbers: cued("991001", 1) });
	await submitForm(page);
	expect(await errorsOf(page)).toEqual([words("en", "campaigns:error.text_too_long_one", { max: "1000", count: 1 })]);
	expect(await textOf(page)).toBe("ж".repeat(1_001));
	await fillIn(page, { text: "ж".repeat(1_000) });
	await submitForm(page);
	await page.waitForURL(/\/review$/);
});

it("a date in the past", async () => {
	const { page } = await atTheForm(422);
	const startAt = wallClock("Europe/Kyiv", -86_400_000);
	await fillIn(page, { numbers: cued("991001", 1), startAt });
	await submitForm(page);
	expect(await errorsOf(page)).toEqual([words("en", "campaigns:error.past")]);
	await expectKept(page);
	const date = page.getByLabel(words("en", "campaigns:form.date"), { exact: true });
	expect(await date.inputValue()).toBe(startAt.date);
});

it("a binary file named .csv", async () => {
	const { page } = await atTheForm(422);
	const buffer = Buffer.from(Array.from({ length: 5_000 }, (_, i) => (i * 7_919) % 256));
	await fillIn(page, { file: { name: "people.csv", mimeType: "text/csv", buffer } });
	await submitForm(page);
	expect(await errorsOf(page)).toEqual([words("en", "audiences:failures.not_text", { name: "people.csv" })]);
	await expectKept(page);
});

it.each(["windows-1251", "utf-16le", "utf-16be", "utf8"])("a file in %s", async (encoding) => {
	const { page } = await atTheForm();
	const text = ["Имя;Телефон", ...cued("991001", 3).map((number) => `Пётр;${number}`), "Анна;двенадцать"].join("\r\n");
	const buffer = iconv.encode(text, encoding, { addBOM: encoding.startsWith("utf-16") });
	await fillIn(page, { file: { name: "люди.csv", mimeType: "text/csv", buffer } });
	await submitForm(page);
	await page.waitForURL(/\/review$/);
	expect(await page.locator('[data-count="valid"] dd').textContent()).toBe("3");
	expect(await page.locator("#rejects tbody tr").allTextContents(), "read as it was written").toHaveLength(1);
	expect(await page.locator("#rejects .typed").textContent()).toBe("двенадцать");
});

it("a file of 200 MB, through the browser", async () => {
	const path = join(tmpdir(), `e2e-big-${process.pid}.csv`);
	const file = await open(path, "w");
	await file.truncate(TOO_BIG);
	await file.close();
	try {
		const { page } = await atTheForm(413);
		await fillIn(page, { file: path });
		await submitForm(page);
		await page.locator(".errors").waitFor();
		const said = words("en", "audiences:error.file_too_big", { name: path.split("/").at(-1)!, megabytes: 32 });
		expect(await errorsOf(page)).toEqual([said]);
		await expectKept(page);
	} finally {
		await rm(path);
	}
});

it("a file of 200 MB, by a bare request", async () => {
	const { page, context } = await atTheForm();
	const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
	const formKey = await page.locator('input[name="formKey"]').inputValue();
	const answer = await rawUpload({
		url: page.url(),
		cookie,
		fields: { formKey, name: "Sale", sender: "viber:DemoShop", text: TEXT, when: "now" },
		fileField: "file",
		fileName: "big.csv",
		sizeBytes: TOO_BIG,
	});
	expect(answer.status).toBe(413);
	expect(answer.body, "what was typed is in the answer").toContain(TEXT);
	expect((await fetch(`${on.app.url}/readyz`)).status, "and the app lives on").toBe(200);
});

it("a form that is sent twice makes one campaign", async () => {
	const { page, context } = await atTheForm();
	const fields = {
		formKey: await page.locator('input[name="formKey"]').inputValue(),
		name: "Twice",
		sender: "viber:DemoShop",
		text: TEXT,
		when: "now",
		paste: cued("991001", 2).join("\n"),
	};
	const headers = { Origin: on.app.url };
	const send = () => context.request.post("/client/campaigns/new", { multipart: fields, headers, maxRedirects: 0 });
	const answers = await Promise.all([send(), send(), send()]);
	expect(answers.map((answer) => answer.status())).toEqual([302, 302, 302]);
	expect(new Set(answers.map((answer) => answer.headers().location)).size).toBe(1);
	await page.goto("/client/campaigns");
	expect(await countOf(page.getByRole("link", { name: "Twice", exact: true }))).toBe(1);
});

it("another account's campaign and one that is not there are told apart by nothing", async () => {
	const owner = await on.visit({ js: false, as: "client" });
	const draft = await compose(owner.page, { text: "Mine", numbers: cued("991001", 2) });
	const sent = await sendCampaign(owner.page, { text: "Mine, sent", numbers: cued("991001", 2) });
	expect(campaignIdOf(owner.page)).toBe(sent);
	// A client of another dealer, and a client under the same one.
	for (const as of ["client3", "client2"] as const) {
		const { page, context, mayAnswer } = await on.visit({ js: false, as });
		mayAnswer(404);
		const shown = async (id: number, path: string) => {
			const answer = await page.goto(`/client/campaigns/${id}${path}`);
			const text = await textAt(page.locator("main"));
			return { status: answer?.status(), text };
		};
		for (const path of ["", "/review", "/edit", "/cancel", "/messages"]) {
			const missing = await shown(987_654, path);
			expect(missing.status, path).toBe(404);
			expect(await shown(draft, path), path).toEqual(missing);
			expect(await shown(sent, path), path).toEqual(missing);
		}
		for (const [path, deed] of [
			["?index", "pause"],
			["/cancel", "cancel"],
			["/review", "start"],
		] as const) {
			const form = { deed, version: "1", state: "draft" };
			const answer = await context.request.post(`/client/campaigns/${draft}${path}`, {
				form,
				headers: { Origin: on.app.url },
			});
			expect(answer.status(), `POST ${path}`).toBe(404);
		}
		expect((await context.request.get(`/client/campaigns/${sent}/live`)).status()).toBe(404);
	}
	await owner.page.goto(`/client/campaigns/${draft}/review`);
	expect(await countOf(owner.page.locator('button[value="start"]')), "nothing has happened to it").toBe(1);
});

it("words of every language for a form with nothing in it", async () => {
	for (const language of ["en", "ru", "hi", "ar"]) {
		const { page, mayAnswer } = await on.visit({ js: false, as: "client3", language });
		mayAnswer(422);
		await page.goto("/client/campaigns/new");
		await submitForm(page, language);
		const missing = [words(language, "campaigns:error.text_missing"), words(language, "audiences:error.missing")];
		expect((await errorsOf(page)).sort()).toEqual(missing.sort());
	}
});
