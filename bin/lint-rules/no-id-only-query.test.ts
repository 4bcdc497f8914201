import { expect, it } from "vitest";
import { noIdOnlyQueryWith } from "./no-id-only-query.ts";
import { lintFile } from "./rule.ts";

const schema = lintFile(
	"db/schema/campaigns.ts",
	`export const campaigns = sqliteTable("campaigns", { id: integer(), accountId: integer("account_id") });
	 export const messages = sqliteTable("messages", { id: integer() });`,
);
const path = "app/modules/campaigns/a.server.ts";
const check = (text: string, allowed: Parameters<typeof noIdOnlyQueryWith>[0] = []) =>
	noIdOnlyQueryWith(allowed)([schema, lintFile(path, text)]);

it.each([
	'tx.sql("SELECT * FROM campaigns WHERE id = ?").get(id)',
	"tx.sql(`UPDATE campaigns\n SET state = 'paused' WHERE id = ?`).run(id)",
	'tx.sql("DELETE FROM campaigns WHERE id = ?").run(id)',
	'tx.sql("SELECT account_id FROM campaigns WHERE id = ?").get(id)',
	'tx.sql("SELECT m.id FROM messages m JOIN campaigns c ON c.id = m.campaign_id WHERE m.id = ?")',
	'tx.sql("SELECT c.id FROM campaigns c JOIN accounts a ON a.id = c.account_id WHERE c.id = ?")',
	'tx.sql("SELECT * " + "FROM campaigns WHERE id = ?").get(id)',
	"tx.sql(`SELECT ${columns} FROM campaigns WHERE id = ?`).get(id)",
	'tx.sql("SELECT * FROM campaigns").all()',
	"tx.orm.select().from(campaigns).where(eq(campaigns.id, id)).get()",
	"tx.orm.select().from(campaigns).all()",
	"tx.orm.update(campaigns).set({ accountId: 1 }).where(eq(campaigns.id, id)).run()",
	"tx.orm.delete(schema.campaigns).where(eq(campaigns.id, id)).run()",
	"tx.orm.query.campaigns.findFirst({ where: eq(campaigns.id, id) })",
])("finds %s", (text) => expect(check(text)).toHaveLength(1));

it.each([
	'tx.sql("SELECT * FROM campaigns WHERE id = ? AND account_id = ?").get(id, accountId)',
	'tx.sql("SELECT * FROM messages WHERE id = ?").get(id)',
	'tx.sql("UPDATE campaigns SET state = 1 WHERE id = @id AND account_id = @account").run({ id, account })',
	'tx.sql("SELECT c.id FROM campaigns c JOIN accounts a ON a.id = c.account_id WHERE a.path >= ?")',
	'tx.sql("INSERT INTO campaigns (account_id) VALUES (?)").run(1)',
	"tx.orm.select().from(campaigns).where(and(eq(campaigns.accountId, 1), eq(campaigns.id, id))).get()",
	"tx.orm.query.campaigns.findFirst({ where: eq(campaigns.accountId, id) })",
])("lets %s pass", (text) => expect(check(text)).toEqual([]));

it("lets what stands on the reviewed list pass, and tells when that is no longer needed", () => {
	const allowed = [{ file: path, tables: ["campaigns"], reason: "a sweep over all accounts" }];
	expect(check('tx.sql("SELECT * FROM campaigns WHERE state = ?")', allowed)).toEqual([]);
	expect(check("const a = 1;", allowed)[0]?.message).toContain("without need");
	const gone = [{ file: "app/modules/gone.ts", tables: ["campaigns"], reason: "the file was renamed" }];
	expect(check("const a = 1;", gone)).toHaveLength(1);
});
