import type { Page } from "playwright-core";

/**
 * What axe has found readable on any page so far, by all that its verdict follows from: the text's colour, size and weight, and what lies
 * behind it. Contrast is most of what axe does, and the same few dozen looks stand on every page: each is judged once.
 */
const readable = new Set<string>();

/** Tells axe on this page which looks of text it need not judge again. @returns a function that takes over which it has found readable now. */
export async function rememberContrast(page: Page): Promise<() => Promise<void>> {
	await page.evaluate(`(${SKIP_KNOWN})(${JSON.stringify([...readable])})`);
	return async () => {
		for (const look of await page.evaluate<string[]>("[...window.foundReadable]")) readable.add(look);
	};
}

/**
 * Runs in the page. Only a ratio that was measured and is enough counts as readable: what axe could not judge is judged anew each time, and so
 * is what stands outside the page's flow, where something else may lie behind it.
 */
const SKIP_KNOWN = `(list) => {
	const known = new Set(list);
	window.foundReadable = new Set();
	const grounds = new Map();
	const groundOf = (element) => {
		if (!element) return "";
		if (grounds.has(element)) return grounds.get(element);
		const above = groundOf(element.parentElement);
		const style = getComputedStyle(element);
		const isInFlow = (style.position === "static" || style.position === "relative") && style.transform === "none";
		const isClear = style.backgroundColor === "rgba(0, 0, 0, 0)" && style.backgroundImage === "none";
		const paint = isClear ? "" : "|" + style.backgroundColor + style.backgroundImage;
		const veil = [style.opacity, style.filter, style.mixBlendMode].join();
		const ground = above === undefined || !isInFlow ? undefined : above + paint + (veil === "1,none,normal" ? "" : "|" + veil);
		grounds.set(element, ground);
		return ground;
	};
	const lookOf = (element) => {
		const ground = groundOf(element);
		if (ground === undefined) return undefined;
		const { color, fontSize, fontWeight, textShadow, webkitTextStroke } = getComputedStyle(element);
		return [color, fontSize, fontWeight, textShadow, webkitTextStroke].join() + ground;
	};
	const isField = (element) => /^(input|select|textarea)$/i.test(element.nodeName);
	const hasText = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
	// As axe itself keeps them: its own way to set them takes no function that goes on to the original.
	const rule = axe._audit.rules.find(({ id }) => id === "color-contrast");
	const check = axe._audit.checks["color-contrast"];
	const originals = (window.contrastOfAxe ??= { matches: rule.matches, evaluate: check.evaluate });
	rule.matches = (element, ...rest) => {
		// No text of its own: axe comes to the same after a longer way.
		if (!isField(element) && !hasText(element)) return false;
		return !known.has(lookOf(element)) && originals.matches.call(rule, element, ...rest);
	};
	check.evaluate = function (element, ...rest) {
		let told;
		const data = (value) => this.data((told = value));
		const isEnough = originals.evaluate.call(Object.create(this, { data: { value: data } }), element, ...rest);
		const look = isEnough === true && told?.contrastRatio ? lookOf(element) : undefined;
		if (look !== undefined) window.foundReadable.add(look);
		return isEnough;
	};
}`;
