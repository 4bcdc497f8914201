import { getTableName, is } from "drizzle-orm";
import { getTableConfig, SQLiteTable } from "drizzle-orm/sqlite-core";
import { describe, expect, it } from "vitest";
import * as schema from "./index.ts";
import { REVIEWED_TABLES } from "./reviewed-tables.ts";

const tables = Object.values(schema).filter((value) => is(value, SQLiteTable)) as SQLiteTable[];

describe("every table of the books belongs to an account", () => {
	it.each(tables.map((table) => [getTableName(table), table] as const))("%s", (name, table) => {
		const account = getTableConfig(table).columns.find((column) => column.name === "account_id");
		if (name in REVIEWED_TABLES) expect(account, "has its column: take it off the reviewed list").toBeUndefined();
		else expect(account?.notNull, "needs account_id NOT NULL, or a reason on the reviewed list").toBe(true);
	});
});

it("reviews only tables that there are", () => {
	const names = new Set(tables.map((table) => getTableName(table)));
	expect(Object.keys(REVIEWED_TABLES).filter((name) => !names.has(name))).toEqual([]);
});
