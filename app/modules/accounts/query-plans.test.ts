import { beforeAll, expect, it } from "vitest";
import type { Actor } from "#app/modules/access/actor.ts";
import { rightsAlong } from "#app/modules/access/rights.ts";
import { fullScans, plansOf } from "#db/query-plans.ts";
import { insertTree, planTree } from "#db/seed/random-tree.ts";
import { testBooks } from "#db/testing/books.ts";
import { ACCOUNT_SORTS, readAccountFilter } from "./account-filter.ts";
import { getTree } from "./get-tree.server.ts";
import { listAccounts } from "./list-accounts.server.ts";
import { listLeftAccounts } from "./list-left-accounts.server.ts";

testBooks("file");
const nodes = planTree(6_000, 3);
beforeAll(() => insertTree(nodes, 3));

const actors = [nodes[0]!, nodes.filter((node) => node.kind === "dealer").at(-1)!].map(({ id, kind, path }): Actor => {
	const account = { id, kind, path, name: "", timeZone: "UTC", country: "UA", locale: "en" as const };
	const rights = rightsAlong([{ kind, grants: null }]);
	return { userId: 1, behindUserId: null, role: "owner", account, rights, branches: [path] };
});
const QUERIES = [
	"q=login17",
	"q=17",
	"q=shop",
	"city=ky",
	"state=blocked",
	"kind=dealer",
	"dealer=5",
	"direct=1",
	"from=2026-01-01",
	"balance=10",
];

it.each(actors)("no list, search or tree of account $account.id reads a whole table", (actor) => {
	for (const sort of ACCOUNT_SORTS)
		for (const query of QUERIES.flatMap((one) => [`${one}&sort=${sort}`, `${one}&sort=-${sort}`, `sort=${sort}`])) {
			const plans = plansOf((tx) => listAccounts(tx, actor, readAccountFilter(new URLSearchParams(query))));
			expect(plans.length).toBeGreaterThan(0);
			expect(fullScans(plans), query).toEqual([]);
		}
	expect(fullScans(plansOf((tx) => getTree(tx, actor, { open: new Map([[1, 0]]), words: "" })))).toEqual([]);
	expect(fullScans(plansOf((tx) => listLeftAccounts(tx, actor)))).toEqual([]);
});

it("a statement that does is found", () => {
	const plans = plansOf((tx) => tx.sql("SELECT a.id FROM accounts a WHERE a.city = ?").all("x"));
	expect(fullScans(plans)).toHaveLength(1);
});
