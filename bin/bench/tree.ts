import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { resetEnv } from "#app/lib/env.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { rightsAlong } from "#app/modules/access/rights.ts";
import { IN_SCOPE, scopeOf } from "#app/modules/access/scope.ts";
import { signedInWith } from "#app/modules/access/signed-in-by.server.ts";
import { ACCOUNT_SORTS, readAccountFilter } from "#app/modules/accounts/account-filter.ts";
import { attachAccount } from "#app/modules/accounts/attach-account.server.ts";
import { getTree } from "#app/modules/accounts/get-tree.server.ts";
import { DEPTH_MAX } from "#app/modules/accounts/insert-account.server.ts";
import { listAccounts } from "#app/modules/accounts/list-accounts.server.ts";
import { readOpenNodes } from "#app/modules/accounts/open-nodes.ts";
import { closeBooks, writeConnection } from "#db/client.ts";
import { migrateBooks } from "#db/migrate.ts";
import { fullScans, plansOf } from "#db/query-plans.ts";
import { branchSizes, insertTree, planTree, type TreeNode } from "#db/seed/random-tree.ts";
import { inTx, readBooks, type Tx } from "#db/tx.ts";
import { print, round } from "./print.ts";

const SEED = 20_261_121;
const TIMES = 200;
const SESSION = "bench";
/** What an interactive page may read at a stretch. */
const READ_MAX_MS = 20;

/** Lists, the tree, scope checks and a move over a random tree, beside bare lookups of accounts by key; with the query plans. */
export async function benchTree(accounts: number): Promise<void> {
	const dataDir = mkdtempSync(join(tmpdir(), "bench-tree-"));
	chmodSync(dataDir, 0o755);
	Object.assign(process.env, { DATA_DIR: dataDir, LOG_LEVEL: "error" });
	resetEnv();
	migrateBooks();
	try {
		const nodes = planTree(accounts, SEED);
		await insertTree(nodes, SEED);
		const sizes = branchSizes(nodes);
		const small = dealerOfSize(nodes, sizes, 300);
		const admin = actorOf(nodes[0]!);
		const bareUs = bareLookup(accounts);
		for (const [who, actor] of [
			["admin", admin],
			["dealer of 300", actorOf(small)],
		] as const) {
			for (const [what, read] of readsOf(actor, accounts)) measure(`${what}, ${who}`, accounts, bareUs, read);
		}
		await addSession(small);
		const deepest = nodes.find((node) => node.depth === DEPTH_MAX)!;
		measure("scope check: session and a lookup in scope", accounts, bareUs, (tx) => {
			const { actor } = signedInWith(tx, SESSION)!;
			tx.sql(`SELECT a.id FROM accounts a WHERE a.id = @id AND ${IN_SCOPE}`).get({
				id: deepest.id,
				scope: scopeOf(actor),
			});
		});
		await measureMove(nodes, sizes, Math.round(accounts / 10), admin);
	} finally {
		closeBooks();
		rmSync(dataDir, { recursive: true, force: true });
	}
}

function readsOf(actor: Actor, accounts: number): [what: string, read: (tx: Tx) => unknown][] {
	const list = (query: string) => (tx: Tx) => listAccounts(tx, actor, readAccountFilter(new URLSearchParams(query)));
	const open = actor.account.path.split("/").filter(Boolean).join(",");
	return [
		["search: one login", list(`q=login${accounts - 7}`)],
		["search: id", list(`q=${accounts - 7}`)],
		["search: two words that few have", list("q=bakery 77")],
		["search: a word that many have", list("q=shop&sort=name")],
		["search: what no account has", list("q=zzzz")],
		["search: one letter", list("q=l")],
		["filter: city", list("city=zür&sort=name")],
		["filter: blocked", list("state=blocked&sort=name")],
		["filter: dealers", list("kind=dealer&sort=name")],
		["filter: last active before", list("before=2000-01-01")],
		...ACCOUNT_SORTS.flatMap((sort): [string, (tx: Tx) => unknown][] => [
			[`list by ${sort}`, list(`sort=${sort}`)],
			[`list by ${sort}, descending`, list(`sort=-${sort}`)],
		]),
		["tree page", (tx) => getTree(tx, actor, { open: readOpenNodes(open), words: "" })],
		["tree page, search", (tx) => getTree(tx, actor, { open: new Map(), words: "bakery 77" })],
	];
}

/** @throws where a statement of it reads a whole table. */
function measure(what: string, accounts: number, bareUs: number, read: (tx: Tx) => unknown): void {
	const plans = plansOf(read);
	const scans = fullScans(plans);
	if (scans.length > 0) throw new Error(`${what}: a whole table is read:\n${scans.join("\n")}`);
	const times: number[] = [];
	for (let i = 0; i < TIMES; i++) {
		const from = performance.now();
		readBooks((tx) => {
			read(tx);
			return null;
		});
		times.push(performance.now() - from);
	}
	times.sort((a, b) => a - b);
	const [p50, p99] = [0.5, 0.99].map((share) => times[Math.floor(times.length * share)]!) as [number, number];
	print({
		bench: "tree",
		what,
		accounts,
		p50Ms: round(p50),
		p99Ms: round(p99),
		wantedMs: READ_MAX_MS,
		bareLookupUs: round(bareUs),
		ratioToBareLookup: round((p50 * 1_000) / bareUs),
		plans: plans.map(({ lines }) => lines.join(" | ")),
	});
}

/** The raw limit: one account by its key, in microseconds. */
function bareLookup(accounts: number): number {
	return readBooks((tx) => {
		const statement = tx.sql("SELECT id, name, path, state FROM accounts WHERE id = ?");
		const from = performance.now();
		for (let i = 0; i < 50_000; i++) statement.get(1 + ((i * 7_919) % accounts));
		return ((performance.now() - from) * 1_000) / 50_000;
	});
}

/** Moves a branch and back, beside the bare rewriting of as many paths by one statement that ends in nothing. */
async function measureMove(nodes: TreeNode[], sizes: Map<number, number>, size: number, admin: Actor): Promise<void> {
	const { branch, to } = movableBranch(nodes, sizes, size);
	const move = async (target: number) => {
		const version = readBooks((tx) =>
			tx.sql("SELECT version FROM accounts WHERE id = ?").pluck().get(branch.id),
		) as number;
		const from = performance.now();
		await attachAccount(admin, branch.id, { target: String(target), version });
		return performance.now() - from;
	};
	const times = [await move(to.id), await move(branch.parentId!)];
	const { raw } = writeConnection();
	const [low, high] = [branch.path, `${branch.path.slice(0, -1)}0`];
	raw.exec("BEGIN IMMEDIATE");
	const from = performance.now();
	raw.prepare("UPDATE accounts SET path = '/x' || path WHERE path >= ? AND path < ?").run(low, high);
	const bareMs = performance.now() - from;
	raw.exec("ROLLBACK");
	const moved = sizes.get(branch.id)!;
	print({
		bench: "tree",
		what: "move of a branch, there and back",
		accounts: nodes.length,
		moved,
		moveMs: times.map(round),
		bareUpdateMs: round(bareMs),
		ratioToBareUpdate: round(Math.max(...times) / bareMs),
		plan: raw
			.prepare("EXPLAIN QUERY PLAN UPDATE accounts SET path = ? || substr(path, ?) WHERE path >= ? AND path < ?")
			.all("", 1, "", "")
			.map((row) => (row as { detail: string }).detail),
	});
}

/** Of the dealers, the one nearest to the size whose whole branch fits below another, and the deepest of those others. */
function movableBranch(nodes: TreeNode[], sizes: Map<number, number>, size: number): Record<"branch" | "to", TreeNode> {
	const distance = (node: TreeNode) => Math.abs(sizes.get(node.id)! - size);
	const dealers = nodes.filter(({ kind }) => kind === "dealer").sort((a, b) => distance(a) - distance(b));
	for (const branch of dealers) {
		const isBelow = (node: TreeNode) => node.path.startsWith(branch.path);
		const levels = nodes.reduce((most, node) => (isBelow(node) ? Math.max(most, node.depth) : most), 0) - branch.depth;
		const [to] = nodes
			.filter((node) => node.kind !== "client" && !isBelow(node) && node.id !== branch.parentId)
			.filter(({ depth }) => depth + 1 + levels <= DEPTH_MAX)
			.sort((a, b) => b.depth - a.depth);
		if (to) return { branch, to };
	}
	throw new Error("no branch of this tree can be moved");
}

function dealerOfSize(nodes: TreeNode[], sizes: Map<number, number>, size: number): TreeNode {
	const distance = (node: TreeNode) => Math.abs(sizes.get(node.id)! - size);
	return nodes
		.filter((node) => node.kind === "dealer")
		.reduce((best, node) => (distance(node) < distance(best) ? node : best));
}

function actorOf({ id, kind, path }: TreeNode): Actor {
	const account = { id, kind, path, name: "Bench", timeZone: "UTC", country: "UA", locale: "en" as const };
	const rights = rightsAlong([{ kind, grants: null }]);
	return { userId: 1, behindUserId: null, role: "owner", account, rights, branches: [path] };
}

async function addSession({ id }: TreeNode): Promise<void> {
	await inTx((tx) => {
		tx.sql(
			`INSERT INTO users (id, account_id, login, login_skeleton, password_hash, role, name, created_at_utc)
			VALUES (1, ?, 'bench', 'bench', '', 'owner', '', 0)`,
		).run(id);
		tx.sql(
			`INSERT INTO sign_in_sessions (token_hash, account_id, user_id, created_at_utc, expires_at_utc, address, user_agent)
			VALUES (?, ?, 1, ?, ?, '', '')`,
		).run(SESSION, id, Date.now(), Date.now() + 86_400_000);
	});
}
