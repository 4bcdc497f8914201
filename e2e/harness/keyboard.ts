import type { Locator, Page } from "playwright-core";

const LONGEST_WAY = 120;

/** What shows where the focus is; runs in the page. */
const LOOK = `(element) => {
	const style = getComputedStyle(element);
	const outline = style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 1 ? "none" : style.outlineStyle + style.outlineWidth + style.outlineColor;
	return [outline, style.boxShadow, style.borderColor, style.backgroundColor].join("|");
}`;

// Real functions: of a text that spells one, the browser would give the function back instead of calling it.
const look = new Function("element", `return (${LOOK})(element)`) as (element: unknown) => string;
const lookUnlessFocused = new Function(
	"element",
	`return element === document.activeElement ? "" : (${LOOK})(element)`,
) as (element: unknown) => string;

/** Presses Tab until the element has the focus, as a person without a mouse does; it must also be seen where the focus is. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
	await target.waitFor();
	const before = await target.evaluate(lookUnlessFocused);
	for (let presses = 0; presses < LONGEST_WAY; presses++) {
		if (await target.evaluate((element) => element === document.activeElement)) {
			const now = await target.evaluate(look);
			if (now === before) throw new Error(`the focus cannot be seen on ${target}: ${String(now)}`);
			return;
		}
		await page.keyboard.press("Tab");
	}
	throw new Error(`${target} is not reached by the keyboard`);
}

/**
 * Goes through the whole page with Tab: everything that can be used is a stop, in the order in which it stands there, once (of
 * radio buttons with one name: one), the way past the menu comes first, and each stop shows that it has the focus.
 *
 * @returns what is not so, one line each. Scripts must run on the page.
 */
export async function findKeyboardTrouble(page: Page): Promise<string[]> {
	const most = await page.evaluate<number>(SET_UP);
	await pressTab(page, most);
	return page.evaluate<string[]>("window.keyboardCheck.trouble()");
}

/** Keys go to the page in their order, so that none needs to wait until the one before it has been drawn, as a person's fast fingers do not. */
async function pressTab(page: Page, times: number): Promise<void> {
	const session = await page.context().newCDPSession(page);
	const key = { key: "Tab", code: "Tab", windowsVirtualKeyCode: 9 };
	const send = (type: "rawKeyDown" | "keyUp") => session.send("Input.dispatchKeyEvent", { type, ...key });
	// Held down: the focus moves when the key goes down.
	await Promise.all([...Array.from({ length: times }, () => send("rawKeyDown")), send("keyUp")]);
	await session.detach();
}

/** Lists the stops that the page should have, notes those that the focus comes to, and how they look then. */
const SET_UP = `(() => {
	const look = ${LOOK};
	const name = (element) => (element.outerHTML.match(/^<[^>]*>/) ?? [""])[0].slice(0, 120) + (element.textContent ?? "").trim().slice(0, 30);
	document.activeElement?.blur();
	getSelection()?.removeAllRanges();
	const groups = new Map();
	const stops = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")].filter((element) => {
		if (element.disabled || element.tabIndex < 0 || !element.checkVisibility({ visibilityProperty: true })) return false;
		if (element.type !== "radio") return true;
		const key = (element.form?.outerHTML.length ?? 0) + element.name;
		const chosen = [...document.getElementsByName(element.name)].find((one) => one.checked && one.form === element.form);
		if (chosen ? chosen !== element : groups.has(key)) return false;
		groups.set(key, element);
		return true;
	});
	const plain = new Map(stops.map((element) => [element, look(element)]));
	const seen = [];
	const unseen = [];
	document.addEventListener("focusin", ({ target }) => {
		if (seen.at(-1) === target) return;
		seen.push(target);
		if (plain.has(target) && look(target) === plain.get(target)) unseen.push(target);
	});
	// From the top, wherever the page has put the focus.
	const top = document.createElement("span");
	top.tabIndex = -1;
	document.body.prepend(top);
	top.focus();
	top.remove();
	seen.length = 0;
	window.keyboardCheck = {
		trouble() {
			const found = [];
			const order = seen.slice(0, stops.length);
			const at = stops.findIndex((stop, index) => order[index] !== stop);
			if (at >= 0) found.push("stop " + (at + 1) + " should be " + name(stops[at]) + ", is " + (order[at] ? name(order[at]) : "none"));
			for (const element of unseen) found.push("the focus cannot be seen on " + name(element));
			const skip = stops[0];
			if (!skip || skip.getAttribute("href") !== "#main" || !document.querySelector("#main[tabindex='-1']")) found.push("the first stop leads not to the content");
			return found;
		},
	};
	// Day, month, year and the button beside them are stops within a field of a date.
	const inFields = stops.map(({ type }) => ({ date: 5, time: 5, "datetime-local": 9 })[type] ?? 0);
	return stops.length + inFields.reduce((sum, within) => sum + within, 1);
})()`;
