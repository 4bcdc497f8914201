import { expect, test } from "vitest";
import { env } from "#app/lib/env.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { testBooks } from "./books.ts";

testBooks();
const seen = new Set<string>();

const count = () => readBooks((tx) => tx.sql<{ n: number }>("SELECT count(*) AS n FROM senders").get()!.n);

test.each([1, 2])("books of test %i begin empty, migrated and in a folder of their own", async () => {
	expect(seen.has(env().DATA_DIR)).toBe(false);
	seen.add(env().DATA_DIR);
	expect(count()).toBe(0);
	await inTx((tx) => tx.sql("INSERT INTO senders (account_id, channel, name) VALUES (1, 'viber', 'x')").run());
	expect(count()).toBe(1);
});
