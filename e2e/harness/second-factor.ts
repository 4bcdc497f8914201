import { Secret, TOTP } from "otpauth";
import type { Page } from "playwright-core";
import type { Cabinet } from "./scenes.ts";
import { type Login, passwordOf } from "./sign-in.ts";
import { words } from "./words.ts";

export interface Factor {
	/** What the phone shows at a moment (unix ms). */
	codeAt(atUtc: number): string;
	/** The recovery codes, as the page showed them. */
	recovery: string[];
}

/** A phone that was given the key of a set-up page. */
export async function phoneWithKeyOf(page: Page): Promise<Factor["codeAt"]> {
	const key = ((await page.locator("code.key").textContent()) ?? "").replaceAll(" ", "");
	const totp = new TOTP({ secret: Secret.fromBase32(key) });
	return (atUtc) => totp.generate({ timestamp: atUtc });
}

/** Sets a second factor up for the person signed in, as people do: password, key, code. Ends on the page with the recovery codes. */
export async function setUpFactor(page: Page, cabinet: Cabinet, login: Login): Promise<Factor> {
	await page.goto(`/${cabinet}/settings/second-factor/set-up`);
	await showPassword(page, login);
	const codeAt = await phoneWithKeyOf(page);
	await page.getByLabel(words("en", "factor:code"), { exact: true }).fill(codeAt(Date.now()));
	await page.getByRole("button", { name: words("en", "factor:set_up.submit"), exact: true }).click();
	await page.locator(".codes").waitFor();
	return { codeAt, recovery: await page.locator(".codes code").allTextContents() };
}

/** The first step of a set-up. */
export async function showPassword(page: Page, login: Login, language = "en"): Promise<void> {
	await page.getByLabel(words(language, "factor:password"), { exact: true }).fill(passwordOf(login));
	await page.getByRole("button", { name: words(language, "factor:set_up.next"), exact: true }).click();
	await page.locator("svg.qr").waitFor();
}

/** Gives login and password, and waits to be asked for the code. */
export async function beginSignIn(page: Page, login: Login, language = "en"): Promise<void> {
	await page.getByLabel(words(language, "auth:login"), { exact: true }).fill(login);
	await page.getByLabel(words(language, "auth:password"), { exact: true }).fill(passwordOf(login));
	await page.getByRole("button", { name: words(language, "auth:submit"), exact: true }).click();
	await page.waitForURL(/\/sign-in\/code/);
}

/** Answers the second step. */
export async function giveCode(page: Page, code: string): Promise<void> {
	await page.getByLabel(words("en", "factor:code_or_recovery"), { exact: true }).fill(code);
	await page.getByRole("button", { name: words("en", "factor:sign_in.submit"), exact: true }).click();
}
