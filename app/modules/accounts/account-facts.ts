import type { AccountFacts } from "./account.schema.ts";
import { contactsAsText } from "./contacts-as-text.ts";

export const FACTS = ["name", "city", "contacts", "note", "locale", "timeZone", "country"] as const;
export type Fact = (typeof FACTS)[number];

/** What can be changed of an account, each as one text: for comparing, and for writing down what it was and is. */
export type FactTexts = Record<Fact, string>;

export function factTexts(facts: Pick<AccountFacts, Fact>): FactTexts {
	const { name, city, note, locale, timeZone, country } = facts;
	return { name, city, contacts: contactsAsText(facts.contacts), note, locale, timeZone, country };
}

export function changedFacts(was: FactTexts, now: FactTexts): Fact[] {
	return FACTS.filter((fact) => was[fact] !== now[fact]);
}

export function pickFacts(texts: FactTexts, facts: readonly Fact[]): Partial<FactTexts> {
	return Object.fromEntries(facts.map((fact) => [fact, texts[fact]]));
}
