import { beforeAll, describe, expect, it } from "vitest";
import { sortKey } from "#app/lib/sort-key.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { rightsAlong } from "#app/modules/access/rights.ts";
import { openBook } from "#app/modules/ledger/open-book.server.ts";
import { postTransfer } from "#app/modules/ledger/post-transfer.server.ts";
import type { Part } from "#app/modules/ledger/transfer.ts";
import fc from "#app/testing/fc.ts";
import { insertTree, planTree, type TreeNode } from "#db/seed/random-tree.ts";
import { testBooks } from "#db/testing/books.ts";
import { inTx, readBooks, type Tx } from "#db/tx.ts";
import { SORTED_AT_MOST } from "./account-candidates.server.ts";
import { ACCOUNT_SORTS, type AccountFilter, isBalanceWrong, isFiltered, readAccountFilter } from "./account-filter.ts";
import { findAccount } from "./find-account.server.ts";
import { listAccounts } from "./list-accounts.server.ts";
import { matchExpression, wordsFinder } from "./search-words.ts";

testBooks("file");

/** More than are sorted at once, so that the root's list is walked. */
const nodes = planTree(6_500, 20_26);
const all = new Map<number, Row>();

interface Row {
	id: number;
	parent_id: number | null;
	kind: string;
	path: string;
	name: string;
	name_key: string;
	owner_login: string;
	city: string;
	city_key: string;
	state: string;
	last_active_at_utc: number | null;
	balance: number;
}

const BALANCED = `SELECT a.*, coalesce(b.balance_micros, 0) AS balance FROM accounts a
	LEFT JOIN ledger_books b ON b.account_id = a.id AND b.kind = 'available'`;

/** Some have something, some are below zero, and most have no book at all; what is held says nothing. */
function giveMoney(tx: Tx): void {
	const given = nodes
		.filter(({ id }) => id % 3 === 0)
		.map(({ id }) => ({ id, micros: (((id * 7919) % 60) - 10) * 1e6 }));
	for (const { id } of given) openBook(tx, id, "available");
	tx.sql("UPDATE ledger_books SET credit_micros = 10000000").run();
	const parts = given.flatMap(({ id: accountId, micros }): Part[] => [
		{ accountId, book: "available", amountMicros: micros },
		{ accountId, book: "held", amountMicros: 500 },
		{ accountId: nodes[0]!.id, book: "outside", amountMicros: -micros - 500 },
	]);
	postTransfer(tx, { opId: "given", input: {}, kind: "deposit", accountId: nodes[0]!.id, by: null, parts });
}

beforeAll(async () => {
	await insertTree(nodes, 20_26);
	await inTx(giveMoney);
	for (const row of readBooks((tx) => tx.sql<Row>(BALANCED).all())) all.set(row.id, row);
});

function actorOf(node: TreeNode, branches = [node.path]): Actor {
	const { id, kind, path } = node;
	const account = { id, kind, path, name: "x", timeZone: "UTC", country: "UA", locale: "en" as const };
	const rights = rightsAlong([{ kind, grants: null }]);
	return { userId: 1, behindUserId: null, role: "owner", account, rights, branches };
}

const VALUE: Record<AccountFilter["sort"], (row: Row) => string | number> = {
	created: (row) => row.id,
	name: (row) => row.name_key,
	login: (row) => row.owner_login,
	city: (row) => row.city_key,
	active: (row) => row.last_active_at_utc ?? 0,
};

/** The whole list by looking at every account, without any index. */
function naive(actor: Actor, filter: AccountFilter): number[] {
	const dealer = filter.dealer ? all.get(Number(filter.dealer))! : undefined;
	const top = dealer?.id ?? actor.account.id;
	const value = VALUE[filter.sort];
	const isBefore = (a: Row, b: Row) =>
		Buffer.from(String(value(a))).compare(Buffer.from(String(value(b)))) || a.id - b.id;
	const compare = (a: Row, b: Row) =>
		typeof value(a) === "number" ? Number(value(a)) - Number(value(b)) || a.id - b.id : isBefore(a, b);
	return [...all.values()]
		.filter((row) => actor.branches.some((branch) => row.path.startsWith(branch)) && row.id !== top)
		.filter((row) => !dealer || row.path.startsWith(dealer.path))
		.filter((row) => !filter.isDirect || row.parent_id === top)
		.filter((row) => (filter.state ? row.state === filter.state : row.state !== "closed"))
		.filter((row) => !filter.kind || row.kind === filter.kind)
		.filter((row) => row.city_key.startsWith(sortKey(filter.city)))
		.filter((row) => !filter.activeBefore || (row.last_active_at_utc ?? Infinity) < Date.parse(filter.activeBefore))
		.filter((row) => !filter.activeFrom || (row.last_active_at_utc ?? -1) >= Date.parse(filter.activeFrom))
		.filter((row) => filter.balanceMicros === undefined || row.balance < filter.balanceMicros)
		.filter((row) => row.id === Number(filter.words) || wordsFinder(filter.words)({ ...row, login: row.owner_login }))
		.sort((a, b) => (filter.isDescending ? compare(b, a) : compare(a, b)))
		.map((row) => row.id);
}

/** All pages, one after the other, by their addresses. */
function paged(actor: Actor, query: URLSearchParams): number[] {
	const ids: number[] = [];
	for (let pages = 0; pages < 500; pages++) {
		const list = readBooks((tx) => listAccounts(tx, actor, readAccountFilter(query)));
		ids.push(...list.rows.map((row) => row.id));
		if (list.nextAfter === null) return ids;
		expect(list.rows.length === 50 || list.lookedThrough !== null, "a short page says that it is").toBe(true);
		query.set("after", list.nextAfter);
	}
	throw new Error("the list has no end");
}

const dealers = nodes.filter((node) => node.kind === "dealer");
const date = fc.constantFrom("", "", "2026-09-15", new Date(Date.now() - 20 * 86_400_000).toISOString().slice(0, 10));
const queries = fc.record({
	q: fc.constantFrom("", "", "shop", "ap", "Cafe", "फ", "аптека 7", "17", "login12", "nothing at all"),
	state: fc.constantFrom("", "", "active", "blocked", "closed"),
	kind: fc.constantFrom("", "", "dealer", "client"),
	dealer: fc.constantFrom("", "", "", ...dealers.slice(0, 40).map(({ id }) => String(id))),
	direct: fc.constantFrom("", "", "1"),
	city: fc.constantFrom("", "", "ky", "Львів", "zür"),
	from: date,
	before: date,
	balance: fc.constantFrom("", "", "0", "0,000001", "12.5", "1000", "-5", "much"),
	sort: fc.tuple(fc.constantFrom("", "-"), fc.constantFrom(...ACCOUNT_SORTS)).map((parts) => parts.join("")),
});

describe("the list of accounts", () => {
	it("gives page by page exactly what looking at every account gives, in the same order", () => {
		fc.assert(
			fc.property(queries, fc.constantFrom(nodes[0]!, ...dealers.slice(0, 30)), (query, node) => {
				const limited = dealers.filter(({ path }) => path.startsWith(node.path)).slice(5, 7);
				const actors = [actorOf(node)];
				if (limited.length === 2 && !limited[1]!.path.startsWith(limited[0]!.path))
					actors.push(
						actorOf(
							node,
							limited.map(({ path }) => path),
						),
					);
				for (const actor of actors) {
					const isInScope = actor.branches.some((path) => all.get(Number(query.dealer))?.path.startsWith(path));
					const wanted = { ...query, dealer: isInScope ? query.dealer : "" };
					const filter = readAccountFilter(new URLSearchParams(wanted));
					expect(paged(actor, new URLSearchParams(wanted))).toEqual(naive(actor, filter));
				}
			}),
			{ seed: 20_261_121, numRuns: 60 },
		);
	});

	it("gives the newest first where too many have the words to be sorted, all of them, and says so", () => {
		const query = "q=login&sort=name";
		const list = (actor: Actor) =>
			readBooks((tx) => listAccounts(tx, actor, readAccountFilter(new URLSearchParams(query))));
		const admin = actorOf(nodes[0]!);
		expect(list(admin).isNewestFirst).toBe(true);
		const newest = naive(admin, readAccountFilter(new URLSearchParams("q=login")));
		expect(newest.length).toBeGreaterThan(SORTED_AT_MOST);
		expect(paged(admin, new URLSearchParams(query))).toEqual(newest);
		expect(list(actorOf(dealers.at(-1)!)).isNewestFirst).toBe(false);
	});

	it("shows nothing of another dealer's branch, by filter, words or id", () => {
		const [one, other] = dealers.filter(({ depth }) => depth === 3);
		const stranger = nodes.find(({ path, id }) => path.startsWith(other!.path) && id !== other!.id) ?? other!;
		const actor = actorOf(one!);
		const list = (query: string) =>
			readBooks((tx) => listAccounts(tx, actor, readAccountFilter(new URLSearchParams(query))));
		expect(one!.path.startsWith(other!.path)).toBe(false);
		expect(list(`dealer=${other!.id}`)).toMatchObject({ rows: [], dealer: undefined });
		expect(list(`q=${stranger.id}`).rows.map(({ id }) => id)).not.toContain(stranger.id);
		expect(readBooks((tx) => findAccount(tx, actor, String(stranger.id)))).toBeUndefined();
		expect(readBooks((tx) => findAccount(tx, actor, `login${stranger.id}`))).toBeUndefined();
		const above = list("").rows.find((row) => row.dealer && !all.get(row.dealer.id)!.path.startsWith(one!.path));
		expect(above).toBeUndefined();
	});

	it("tells balances, and narrows by them, only for whoever may see money", () => {
		const admin = actorOf(nodes[0]!);
		const list = (actor: Actor, query: string) =>
			readBooks((tx) => listAccounts(tx, actor, readAccountFilter(new URLSearchParams(query))));
		const poor = list(admin, "balance=0&sort=created").rows;
		expect(poor.length).toBe(50);
		for (const { id, balanceMicros } of poor) expect(balanceMicros).toBe(all.get(id)!.balance);
		expect(poor.every(({ balanceMicros }) => balanceMicros! < 0)).toBe(true);
		const blind = { ...admin, rights: new Set([...admin.rights].filter((right) => right !== "money.read")) };
		const shown = list(blind, "balance=0&sort=created");
		expect(shown.rows.map(({ id }) => id)).toEqual(list(admin, "sort=created").rows.map(({ id }) => id));
		expect(shown.rows.every(({ balanceMicros }) => balanceMicros === null) && shown.currency).toBeNull();
	});

	it("keeps an amount that is none as it was typed, and says that it is", () => {
		for (const [typed, isWrong] of [
			["", false],
			["0", false],
			["12,5", false],
			["-5", true],
			["much", true],
		] as const) {
			const filter = readAccountFilter(new URLSearchParams({ balance: ` ${typed} ` }));
			expect([filter.balance, isBalanceWrong(filter), isFiltered(filter)]).toEqual([typed, isWrong, typed !== ""]);
		}
	});

	it("is refused without the right to read accounts", () => {
		const actor = { ...actorOf(nodes[0]!), rights: new Set<never>() };
		const refused = () => readBooks((tx) => listAccounts(tx, actor, readAccountFilter(new URLSearchParams())));
		expect(refused).toThrow(expect.objectContaining({ status: 403 }));
	});
});

it("finds an account by the login of any of its people, an employee's included, and by id", async () => {
	const last = nodes.at(-1)!;
	await inTx((tx) =>
		tx
			.sql(
				`INSERT INTO users (account_id, login, login_skeleton, password_hash, role, name, created_at_utc)
				VALUES (?, 'petra', 'petra', '', 'employee', 'Petra', 0)`,
			)
			.run(last.id),
	);
	const find = (typed: string) => readBooks((tx) => findAccount(tx, actorOf(nodes[0]!), typed))?.id;
	expect(find(" PETRA ")).toBe(last.id);
	expect(find(String(last.id))).toBe(last.id);
	expect(find("petr")).toBeUndefined();
	expect(find("%")).toBeUndefined();
});

describe("words", () => {
	const matches = (text: string, typed: string): boolean => {
		const expression = matchExpression(typed);
		if (!expression) return true;
		const sql = "SELECT rowid FROM account_search WHERE account_search MATCH ?";
		return readBooks((tx) => tx.sql(sql).pluck().all(expression)).includes(rowOf.get(text));
	};
	const rowOf = new Map<string, number>();
	const TEXTS = [
		"Café Crème №5",
		"Їжа та Київ-2",
		"Ёлка и йод",
		"नमस्ते दुकान क़लम",
		"متجر أحمد ١٢",
		"O'Neil & Sons (Ltd.)",
		"ŁÓDŹ Straße ẤM",
		"Ελλάδα ΆΝΘΗ",
		"東京 ショップ",
	];
	beforeAll(() =>
		inTx((tx) => {
			for (const text of TEXTS) {
				const { lastInsertRowid } = tx
					.sql(
						`INSERT INTO accounts (parent_id, kind, path, name, time_zone, country, created_at_utc)
						VALUES (1, 'client', ?, ?, 'UTC', 'UA', 0)`,
					)
					.run(`/1/words-${rowOf.size}/`, text);
				rowOf.set(text, Number(lastInsertRowid));
			}
		}),
	);

	it("are found by the index and by looking at the account alike, whatever is typed", () => {
		const pieces = fc
			.constantFrom(...TEXTS)
			.chain((text) =>
				fc.tuple(fc.nat(text.length), fc.nat(text.length)).map(([a, b]) => text.slice(Math.min(a, b), Math.max(a, b))),
			);
		const typed = fc.oneof(
			pieces,
			pieces.map((piece) => piece.toUpperCase()),
			fc.string(),
			fc.constant('" OR * NEAR('),
		);
		fc.assert(
			fc.property(fc.constantFrom(...TEXTS), typed, (text, words) => {
				expect(matches(text, words)).toBe(wordsFinder(words)({ name: text, city: "", login: "" }));
			}),
			{ seed: 20_261_121, numRuns: 1_500 },
		);
	});
});
