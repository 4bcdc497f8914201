import type { Page } from "playwright-core";
import type { Cabinet } from "./scenes.ts";
import { textAt, words } from "./words.ts";

const say = (key: string) => words("en", `team:${key}`);

export interface RoleWish {
	/** The template's, where nothing is said. */
	name?: string;
	/** Rights to tick or to clear. */
	rights?: Record<string, boolean>;
	/** Ids or logins; nothing: all accounts. */
	only?: string[];
}

/** Makes a role of a template ("" for none) and resolves with its id. */
export async function makeRole(page: Page, cabinet: Cabinet, template: string, wish: RoleWish = {}): Promise<number> {
	await page.goto(`/${cabinet}/team/roles/new${template && `?template=${template}`}`);
	await fillInRole(page, wish);
	const name = await page.getByLabel(say("role.name"), { exact: true }).inputValue();
	await page.getByRole("button", { name: say("role.submit_new"), exact: true }).click();
	await page.waitForURL(/\/team\/roles$/);
	const address = await page.getByRole("link", { name, exact: true }).getAttribute("href");
	return Number(/\d+$/.exec(address ?? "")?.[0]);
}

/** On the form of a role, which is open. */
export async function fillInRole(page: Page, { name, rights = {}, only }: RoleWish): Promise<void> {
	if (name !== undefined) await page.getByLabel(say("role.name"), { exact: true }).fill(name);
	for (const [right, isOn] of Object.entries(rights))
		await page.locator(`input[name="rights"][value="${right}"]`).setChecked(isOn);
	if (!only) return;
	await page.getByLabel(say("reach.only"), { exact: true }).check();
	await page.getByLabel(say("reach.accounts"), { exact: true }).fill(only.join("\n"));
}

export interface EmployeeWish {
	login: string;
	name: string;
	/** By its name. */
	role: string;
	/** Left out: one is made. */
	password?: string;
}

/** Makes an employee by the form; resolves with its id and its password. */
export async function makeEmployee(
	page: Page,
	cabinet: Cabinet,
	wish: EmployeeWish,
): Promise<{ id: number; password: string }> {
	await page.goto(`/${cabinet}/team/new`);
	await page.getByLabel(say("login"), { exact: true }).fill(wish.login);
	await page.getByLabel(say("name"), { exact: true }).fill(wish.name);
	await page.getByLabel(say("role.title"), { exact: true }).selectOption({ label: wish.role });
	if (wish.password) await page.getByLabel(words("en", "accounts:password"), { exact: true }).fill(wish.password);
	await page.getByRole("button", { name: say("new.submit"), exact: true }).click();
	if (wish.password) {
		await page.waitForURL(/\/team\/\d+$/);
		return { id: Number(/\d+$/.exec(page.url())?.[0]), password: wish.password };
	}
	const password = await textAt(page.locator("main code"));
	await page.locator("main .row a").first().click();
	await page.waitForURL(/\/team\/\d+$/);
	return { id: Number(/\d+$/.exec(page.url())?.[0]), password };
}

/** Signs in a person who is none of the demo's. */
export async function signInAs(page: Page, login: string, password: string): Promise<void> {
	await page.goto("/sign-in");
	await page.getByLabel(words("en", "auth:login"), { exact: true }).fill(login);
	await page.getByLabel(words("en", "auth:password"), { exact: true }).fill(password);
	await page.getByRole("button", { name: words("en", "auth:submit"), exact: true }).click();
}

/** What the menu at the side says, from above. */
export async function menuOf(page: Page): Promise<string[]> {
	const items = await page.locator("nav.side a").allTextContents();
	return items.map((item) => item.trim());
}

/** Sends a form that no page of ours has, as the person who is signed in. */
export function postForm(page: Page, path: string, form: Record<string, string>) {
	return page.request.post(path, { form, maxRedirects: 0 });
}

interface Crawled {
	path: string;
	status: number;
	html: string;
}

const CRAWLED_AT_MOST = 150;

/**
 * Follows every link of a cabinet from its first page on, and reads what is there; `also`: addresses to begin with. The settings are
 * a person's own, whatever its rights, and are left out.
 */
export async function crawl(page: Page, cabinet: string, also: string[] = []): Promise<Crawled[]> {
	const waiting = [cabinet, ...also];
	const seen = new Set(waiting);
	const found: Crawled[] = [];
	for (let path = waiting.shift(); path !== undefined && found.length < CRAWLED_AT_MOST; path = waiting.shift()) {
		const answer = await page.request.get(path);
		const html = await answer.text();
		found.push({ path, status: answer.status(), html });
		const here = new URL(answer.url());
		for (const [, href] of html.matchAll(/<a [^>]*href="([^"#]+)"/g)) {
			const url = new URL(href!.replaceAll("&amp;", "&"), here);
			// Filters and orders of one list are one page here.
			if (url.host !== here.host || !url.pathname.startsWith(`${cabinet}/`) || seen.has(url.pathname)) continue;
			if (url.pathname.startsWith(`${cabinet}/settings`)) continue;
			seen.add(url.pathname);
			waiting.push(url.pathname);
		}
	}
	return found;
}
