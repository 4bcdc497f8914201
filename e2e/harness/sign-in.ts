import type { Browser, BrowserContext, Page } from "playwright-core";
import { words } from "./words.ts";

/** The demo's people. */
export type Login = "admin" | "dealer" | "dealer2" | "client" | "client2" | "client3";
export type Cookies = Awaited<ReturnType<BrowserContext["cookies"]>>;

export function passwordOf(login: Login): string {
	return `demo-${login}-2026`;
}

/** Fills in and sends the sign-in form, wherever the page stands now, and waits for the cabinet. */
export async function signIn(page: Page, login: Login, language = "en"): Promise<void> {
	await page.goto("/sign-in");
	await page.getByLabel(words(language, "auth:login"), { exact: true }).fill(login);
	await page.getByLabel(words(language, "auth:password"), { exact: true }).fill(passwordOf(login));
	await page.getByRole("button", { name: words(language, "auth:submit"), exact: true }).click();
	await page.waitForURL(/\/(client|dealer|admin)\//);
}

/** Signs each person in once, with what the form sends, and hands the cookies to every later browser: the story of most tests is another. */
export class SignedIn {
	private readonly kept = new Map<Login, Promise<Cookies>>();

	cookies(browser: Browser, baseUrl: string, login: Login): Promise<Cookies> {
		let cookies = this.kept.get(login);
		if (!cookies) {
			cookies = this.signInOnce(browser, baseUrl, login);
			this.kept.set(login, cookies);
		}
		return cookies;
	}

	private async signInOnce(browser: Browser, baseUrl: string, login: Login): Promise<Cookies> {
		const context = await browser.newContext({ baseURL: baseUrl, locale: "en", javaScriptEnabled: false });
		const form = { login, password: passwordOf(login) };
		const answer = await context.request.post("/sign-in", { form, maxRedirects: 0, timeout: 120_000 });
		const to = answer.headers().location ?? "";
		if (!/^\/(client|dealer|admin)\//.test(to)) throw new Error(`${login} is not let in: ${answer.status()} ${to}`);
		const cookies = await context.cookies();
		await context.close();
		return cookies;
	}
}
