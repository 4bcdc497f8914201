import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { GSM_BASIC, GSM_EXTENDED, smsParts } from "#app/modules/campaigns/sms-parts.ts";
import { SMS_CASES, smsTexts, UNCUT_CASES } from "#app/modules/campaigns/testing/sms-texts.ts";
import fc from "#app/testing/fc.ts";

const source = readFileSync(new URL("./counter.js", import.meta.url), "utf8");

/** As much of a page as the script looks at. */
class HTMLElement {
	hidden = false;
	textContent = "";
	value = "";
	dataset: Record<string, string> = {};
	isOver = false;
	readonly classList = {
		toggle: (_name: string, isOn: boolean) => {
			this.isOver = isOn;
		},
	};
	private readonly heard = new Map<string, () => void>();
	setAttribute() {}
	addEventListener(name: string, run: () => void) {
		this.heard.set(name, run);
	}
	/** A person types or chooses. */
	set(value: string, event: "input" | "change") {
		this.value = value;
		this.heard.get(event)!();
	}
}
class HTMLTextAreaElement extends HTMLElement {}
class HTMLSelectElement extends HTMLElement {}

function open(sender: string) {
	const [place, area, select] = [new HTMLElement(), new HTMLTextAreaElement(), new HTMLSelectElement()];
	select.value = sender;
	// A page's attribute holds no line end and no form feed as they are: the script puts them back.
	const gsm = GSM_BASIC.replace(/[\n\r]/g, "");
	const limits = JSON.stringify({ sms: 1600, viber: 1000 });
	Object.assign(place.dataset, { counter: "text", sender: "sender", limits, words: "Left:", parts: "Parts:" });
	Object.assign(place.dataset, { gsm, escaped: GSM_EXTENDED.replace("\f", "") });
	const document = {
		documentElement: { lang: "en" },
		querySelectorAll: () => [place],
		getElementById: (id: string) => (id === "text" ? area : select),
	};
	runInNewContext(source, { document, HTMLElement, HTMLTextAreaElement, HTMLSelectElement, Intl });
	return { place, area, select };
}

function shownParts(text: string): number {
	page.area.set(text, "input");
	return Number(/Parts: (\d+)$/.exec(page.place.textContent)?.[1]);
}

const page = open("sms:Shop");

it.each(SMS_CASES)("%j counts as the server counts it", (text, _encoding, parts) => {
	expect(shownParts(text)).toBe(parts);
});

it.each(UNCUT_CASES)("%j keeps its widest letter whole", (text, parts) => {
	expect([shownParts(text), smsParts(text).parts]).toEqual([parts, parts]);
});

it("counts any text as the server does, and any letter of the alphabet", () => {
	fc.assert(
		fc.property(smsTexts, (text) => {
			expect(shownParts(text)).toBe(smsParts(text).parts);
		}),
	);
	for (const letter of GSM_BASIC + GSM_EXTENDED)
		expect([letter, shownParts(letter.repeat(100))]).toEqual([letter, smsParts(letter.repeat(100)).parts]);
});

it("speaks of parts for SMS alone, of nothing for a sender whose limit is not known, and marks what is too long", () => {
	const { place, area, select } = open("viber:Shop");
	area.set("a".repeat(1001), "input");
	expect([place.textContent, place.isOver, place.hidden]).toEqual(["Left: -1", true, false]);
	select.set("sms:Shop", "change");
	expect([place.textContent, place.isOver]).toEqual(["Left: 599. Parts: 7", false]);
	select.set("", "change");
	expect(place.hidden).toBe(true);
});
