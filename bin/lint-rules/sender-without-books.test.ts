import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { lintFile } from "./rule.ts";
import { senderWithoutBooks } from "./sender-without-books.ts";
import { readTree } from "./tree.ts";

const check = (last: string) =>
	senderWithoutBooks.check([
		lintFile("jobs/sender.ts", 'import { a } from "#app/modules/a.ts";'),
		lintFile("app/modules/a.ts", 'import { b } from "./b/b.ts";'),
		lintFile("app/modules/b/b.ts", last),
		lintFile("app/modules/c.ts", 'import { readBooks } from "#db/tx.ts";'),
	]);

it.each([
	'import { readBooks } from "#db/tx.ts";',
	'import Database from "better-sqlite3";',
	'const c = import("../c.ts");',
])("finds %s, however far away from the sender", (text) => expect(check(text)).toHaveLength(1));

it.each(['import type { Tx } from "#db/tx.ts";', 'import pg from "pg";'])("lets %s be", (text) =>
	expect(check(text)).toEqual([]),
);

it("finds the sender itself in the tree", () => {
	const files = readTree(fileURLToPath(new URL("../..", import.meta.url)));
	expect(files.some(({ path }) => path === "jobs/sender.ts")).toBe(true);
});
