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
	if (wish.password) await page.getByLabel(say("password"), { exact: true }).fill(wish.password);
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
