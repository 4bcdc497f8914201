import { expect, it } from "vitest";
import { parseEnv, resetEnv } from "#app/lib/env.ts";
import { migrateBooks } from "#db/migrate.ts";
import { testBooks } from "#db/testing/books.ts";
import { readBooks } from "#db/tx.ts";
import { currency } from "./currency.server.ts";

testBooks();

it("is the euro unless chosen otherwise, and stays what it was when the books were made", () => {
	expect(readBooks(currency)).toBe("EUR");
	process.env.CURRENCY = "UAH";
	resetEnv();
	try {
		migrateBooks();
		expect(readBooks(currency)).toBe("EUR");
	} finally {
		delete process.env.CURRENCY;
		resetEnv();
	}
});

it.each(["euro", "eur", "XYZ", "€"])("%s is no currency", (CURRENCY) => {
	expect(() => parseEnv({ ...process.env, CURRENCY })).toThrow(/ISO 4217/);
	expect(parseEnv({ ...process.env, CURRENCY: "INR" }).CURRENCY).toBe("INR");
});
