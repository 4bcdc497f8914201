import { expect, it } from "vitest";
import { noAwaitInTx } from "./no-await-in-tx.ts";
import { lintFile } from "./rule.ts";

const check = (text: string) => noAwaitInTx.check([lintFile("app/modules/a/b.ts", text)]);

it.each([
	"await inTx(async (tx) => 1);",
	"inTx((tx) => { const f = async () => 1; f(); });",
	"readBooks(async function (tx) { return 1; });",
	"async function work(tx) { return 1; } inTx(work);",
	"const work = async (tx) => 1; inTx(work);",
	"inTx((tx) => { tell().then(() => tx.sql('').run()); });",
])("finds %s", (text) => expect(check(text)).toHaveLength(1));

it("finds an await, and a waiting loop, in an async body", () => {
	expect(check("inTx(async (tx) => { await pause(); for await (const a of b) use(a); });")).toHaveLength(3);
});

it.each([
	"const id = await inTx((tx) => tx.sql('').run());",
	"async function start() { await pause(); return readBooks((tx) => 1); }",
	"function work(tx) { return 1; } inTx(work);",
	"await other(async () => 1);",
])("lets %s pass", (text) => expect(check(text)).toEqual([]));
