import { describe, expect, it } from "vitest";
import { newLoginSchema } from "#app/modules/access/login.schema.ts";
import { normaliseLogin } from "#app/modules/access/sign-in.schema.ts";
import fc from "#app/testing/fc.ts";
import { loginSkeleton } from "./login-skeleton.ts";

/** Any text, and text of the letters that the table is about, which random text rarely hits. */
const OURS = [..."admin0123 oil|rnvvßſσςİıΙιάёйїыюÅ①ﬁａＡ٢२اهةأ-_–.@+\u200d\u202e\u0301"];
const logins = fc.oneof(
	fc.string({ unit: "grapheme", maxLength: 30 }),
	fc.string({ unit: fc.constantFrom(...OURS), maxLength: 30 }),
);

describe("a skeleton", () => {
	it("of a skeleton is itself", () => {
		fc.assert(
			fc.property(logins, (login) => {
				expect(loginSkeleton(loginSkeleton(login))).toBe(loginSkeleton(login));
			}),
			{ numRuns: 2_000 },
		);
	});

	it("is the same for every spelling in case and form, and for the login as it is stored", () => {
		fc.assert(
			fc.property(logins, (login) => {
				const skeleton = loginSkeleton(login);
				for (const other of [
					login.toLowerCase(),
					login.toUpperCase(),
					login.normalize("NFC"),
					login.normalize("NFD"),
					login.normalize("NFKC"),
					normaliseLogin(login),
				])
					expect(loginSkeleton(other)).toBe(skeleton);
			}),
			{ numRuns: 2_000 },
		);
	});

	it.each([
		["admin", "Аdmin"],
		["admin", "аdmіn"],
		["admin", "adrnin"],
		["admin", "ａｄｍｉｎ"],
		["admin", "adm\u200bin"],
		["admin", "admin\u202e"],
		["admin", "ádmîn"],
		["admin", "adm1n"],
		["oleg", "οleg"],
		["oleg", "օleg"],
		["oleg", "0leg"],
		["oscar", "оѕсаr"],
		["scope", "ѕсоре"],
		["hop", "һор"],
		["north_shop", "north-shop"],
		["shop5", "shop٥"],
		["shop5", "shop५"],
		["strasse", "straße"],
		["wave", "vvave"],
		["علي", "علی"],
		["كمال", "کمال"],
	])("of %s and %s is the same", (a, b) => {
		expect(loginSkeleton(b)).toBe(loginSkeleton(a));
	});

	it.each([
		["admin", "admins"],
		["client", "client2"],
		["client2", "client3"],
		["dealer", "leader"],
		["राम", "रमा"],
		["иван", "иванна"],
		["shop.one", "shop-one"],
	])("of %s and %s is not", (a, b) => {
		expect(loginSkeleton(b)).not.toBe(loginSkeleton(a));
	});
});

describe("a new login", () => {
	const issueOf = (login: unknown) => newLoginSchema.safeParse(login).error?.issues[0]?.message.split("|")[0];

	it.each([
		["  Petrov ", "petrov"],
		["ＰＥＴＲＯＶ", "petrov"],
		["ivan.petrov+shop@example.com", "ivan.petrov+shop@example.com"],
		["иван@shop", "иван@shop"],
		["магазин٢", "магазин2"],
		["राम", "राम"],
		["रामकी", "रामकी"],
		["متجر-علي", "متجر-علي"],
		["\u200epetrov\u200f", "petrov"],
		["380671234567", "380671234567"],
	])("%j is taken as %s", (typed, stored) => {
		expect(newLoginSchema.parse(typed)).toBe(stored);
	});

	it.each([
		[undefined, "required"],
		["   ", "required"],
		["ab", "too_short"],
		["x".repeat(65), "too_long"],
		["ﷺ".repeat(20), "too_long"],
		["ivan petrov", "characters"],
		["ivan\u200bpetrov", "characters"],
		["ivan\u202epetrov", "characters"],
		["ivan/petrov", "characters"],
		["<script>", "characters"],
		["ivan🙂", "characters"],
		["-ivan", "ends"],
		["ivan.", "ends"],
		["pаypal", "mixed"],
		["αdmin", "mixed"],
		["王小明abc", "mixed"],
	])("%j is refused: %s", (typed, reason) => {
		expect(issueOf(typed)).toBe(`settings:login.error.${reason}`);
	});

	it("that is taken is the same login when it is typed again at sign-in, in whatever case", () => {
		const typed = fc.string({ unit: fc.constantFrom(...OURS, ..."petrovabc"), minLength: 3, maxLength: 12 });
		let taken = 0;
		fc.assert(
			fc.property(typed, (login) => {
				const stored = newLoginSchema.safeParse(login).data;
				if (stored === undefined) return;
				taken++;
				expect(normaliseLogin(stored)).toBe(stored);
				expect(newLoginSchema.parse(stored)).toBe(stored);
			}),
			{ numRuns: 3_000 },
		);
		expect(taken).toBeGreaterThan(20);
	});
});
