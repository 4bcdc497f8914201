import { expect, it } from "vitest";
import { testBooks } from "./testing/books.ts";
import { inTx, readBooks } from "./tx.ts";

testBooks();

it("transactions that are asked for at once in one process run one after the other", async () => {
	const add = () =>
		inTx((tx) => {
			const { value } = tx.sql<{ value: string }>("SELECT value FROM settings WHERE key = 'test'").get() ?? {
				value: "0",
			};
			tx.sql(
				"INSERT INTO settings (key, value) VALUES ('test', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
			).run(String(Number(value) + 1));
		});
	const failing = () =>
		inTx((tx) => {
			tx.sql("DELETE FROM settings WHERE key = 'test'").run();
			throw new Error("refused");
		});
	await Promise.allSettled([add(), failing(), ...Array.from({ length: 20 }, add), failing(), add()]);
	expect(readBooks((tx) => tx.sql("SELECT value FROM settings WHERE key = 'test'").pluck().get())).toBe("22");
});
