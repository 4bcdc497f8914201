import { expect, it } from "vitest";
import { testBooks } from "#db/testing/books.ts";
import { holdsLogin } from "./find-password-flaw.server.ts";
import { makePasswordForForm } from "./make-password-for-form.server.ts";
import { makeActors } from "./testing/make-actors.ts";

testBooks();

function formWith(formKey: string): FormData {
	const form = new FormData();
	form.set("formKey", formKey);
	return form;
}

it("one form makes one password, another form, person or login another", async () => {
	const { dealer, dealer2 } = await makeActors();
	const make = (actor = dealer, key = "k", login = "anna") => makePasswordForForm(actor, formWith(key), login);
	expect(make()).toBe(make());
	expect(new Set([make(), make(dealer2), make(dealer, "k2"), make(dealer, "k", "boris")]).size).toBe(4);
});

it("never has a short login in it, which would be refused however often the form is sent", async () => {
	const { dealer } = await makeActors();
	// Of 3,000 random passwords two or three have these three letters in a row.
	const made = Array.from({ length: 3_000 }, (_, i) => makePasswordForForm(dealer, formWith(`k${i}`), "abc"));
	expect(made.filter((password) => holdsLogin(password, "abc"))).toEqual([]);
});
