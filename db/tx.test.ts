import { expect, it } from "vitest";
import { writeConnection } from "./client.ts";
import { testBooks } from "./testing/books.ts";
import { BooksFullError, inTx, readBooks } from "./tx.ts";

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

it("a full disk refuses what is written, keeps what was, and needs nothing done once there is room", async () => {
	const { raw } = writeConnection();
	const add = (key: string, bytes: number) =>
		inTx((tx) => void tx.sql("INSERT INTO settings (key, value) VALUES (?, ?)").run(key, "x".repeat(bytes)));
	await add("before", 1);
	const size = raw.pragma("page_count", { simple: true }) as number;
	raw.pragma(`max_page_count = ${size + 1}`);
	await expect(add("large", 1_000_000)).rejects.toThrow(BooksFullError);
	const keys = () =>
		readBooks((tx) =>
			tx.sql("SELECT key FROM settings WHERE key IN ('before', 'large', 'after') ORDER BY key").pluck().all(),
		);
	expect(keys()).toEqual(["before"]);
	raw.pragma(`max_page_count = ${size + 1_000}`);
	await add("after", 1_000_000);
	expect(keys()).toEqual(["after", "before"]);
});
