import { expect, it } from "vitest";
import { booksPath, openConnection, readConnection, writeConnection } from "./client.ts";
import { testBooks } from "./testing/books.ts";
import { atOneMoment, BooksFullError, inTx, leaveMoment, readBooks } from "./tx.ts";

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

const seen = () => readBooks((tx) => tx.sql("SELECT value FROM settings WHERE key = 'moment'").pluck().get());
const SET =
	"INSERT INTO settings (key, value) VALUES ('moment', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value";

it("what one asker reads in one turn is of one moment, and of no other's and no longer", async () => {
	const other = openConnection(booksPath(), "write");
	const set = (value: string) => other.raw.prepare(SET).run(value);
	set("1");
	await atOneMoment(async () => {
		expect(seen()).toBe("1");
		set("2");
		expect(seen(), "the same moment").toBe("1");
		await Promise.resolve();
		expect(seen(), "nothing outside was waited for").toBe("1");
		expect(atOneMoment(seen), "another asker").toBe("2");
		set("3");
		expect(seen(), "another has asked since").toBe("3");
	});
	await atOneMoment(async () => {
		expect(seen()).toBe("3");
		set("4");
		await new Promise((resolve) => setImmediate(resolve));
		expect(seen(), "the turn is over").toBe("4");
		expect(readConnection().raw.inTransaction).toBe(false);
	});
	atOneMoment(() => {
		expect(seen()).toBe("4");
		set("5");
		leaveMoment();
		expect(readConnection().raw.inTransaction).toBe(false);
		expect(seen()).toBe("5");
	});
	set("6");
	expect(seen(), "without asking for it").toBe("6");
	other.raw.close();
});

it("one moment ends with a write of this process, and with a read that fails", async () => {
	await atOneMoment(async () => {
		await inTx((tx) => void tx.sql(SET).run("1"));
		expect(seen()).toBe("1");
		await inTx((tx) => {
			tx.sql(SET).run("2");
			expect(seen(), "not committed yet").toBe("1");
		});
		expect(seen()).toBe("2");
		const failing = () =>
			readBooks(() => {
				throw new Error("no such page");
			});
		expect(failing).toThrow("no such page");
		expect(readConnection().raw.inTransaction).toBe(false);
	});
});
