import { PAGE_ROWS } from "#app/lib/page-by-key.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { IN_SCOPE, scopeOf } from "#app/modules/access/scope.ts";
import type { Tx } from "#db/tx.ts";
import { readAccountFilter } from "./account-filter.ts";
import { idsOf } from "./insert-account.server.ts";
import { listAccounts } from "./list-accounts.server.ts";
import type { OpenNodes } from "./open-nodes.ts";

interface NodeRow {
	id: number;
	parentId: number | null;
	kind: Actor["account"]["kind"];
	name: string;
	path: string;
	state: "active" | "blocked" | "closed";
	/** The account itself and everything below it. */
	branchSize: number;
}

export interface TreeNode extends Omit<NodeRow, "path" | "parentId"> {
	isHit: boolean;
	/** All of its children can be seen, 50 at a time; false: none, or only those on the way to something. */
	isOpen: boolean;
	children: TreeNode[];
	/** Its children are shown from a later one on. */
	isLater: boolean;
	/** The id after which the next children stand; null: these were the last. */
	moreAfter: number | null;
}

export interface Tree {
	/** One, or several where the actor is limited to some accounts. */
	tops: TreeNode[];
	hits: number;
	/** There are more hits than are shown. */
	hasMoreHits: boolean;
}

interface Question {
	open: OpenNodes;
	/** As the list of accounts is searched; "" for no search. */
	words: string;
}

/** More hits than this open more ways than anybody looks along. */
export const HITS_AT_MOST = 25;

const COLUMNS = `a.id, a.parent_id AS parentId, a.kind, a.name, a.path, a.branch_size AS branchSize,
	CASE WHEN a.state = 'blocked' AND a.blocked_until_utc <= @now THEN 'active' ELSE a.state END AS state`;

/**
 * The actor's tree as far as it is open: below each open node 50 children by key, and always the whole way to every open node and
 * every hit of the search. Reads some hundreds of rows at most, all by key.
 */
export function getTree(tx: Tx, actor: Actor, question: Question): Tree {
	requireRight(actor, "accounts.read");
	const found = question.words ? findHits(tx, actor, question.words) : { hits: [], hasMore: false };
	const open = openFully(actor, question);
	const rows = new Map<number, NodeRow>();
	const ends = [...open.keys(), ...found.hits, ...topsOf(actor)];
	for (const end of rowsOf(tx, actor, ends)) rows.set(end.id, end);
	const onTheWay = [...rows.values()].flatMap(({ path }) => idsOf(path)).filter((id) => !rows.has(id));
	for (const row of rowsOf(tx, actor, onTheWay)) rows.set(row.id, row);
	const more = new Map<number, number | null>();
	for (const [id, after] of open) {
		if (!rows.has(id)) continue;
		const children = childrenOf(tx, id, after);
		more.set(id, children.length > PAGE_ROWS ? children[PAGE_ROWS - 1]!.id : null);
		for (const child of children.slice(0, PAGE_ROWS)) rows.set(child.id, child);
	}
	const tops = build({ rows, more, open, hits: new Set(found.hits) });
	return { tops, hits: found.hits.length, hasMoreHits: found.hasMore };
}

function findHits(tx: Tx, actor: Actor, words: string): { hits: number[]; hasMore: boolean } {
	const filter = readAccountFilter(new URLSearchParams({ q: words, sort: "name" }));
	const { rows, nextAfter } = listAccounts(tx, actor, filter);
	return {
		hits: rows.slice(0, HITS_AT_MOST).map((row) => row.id),
		hasMore: rows.length > HITS_AT_MOST || nextAfter !== null,
	};
}

/** Without a search the tops are open even when nothing else is. */
function openFully(actor: Actor, { open, words }: Question): OpenNodes {
	if (words) return open;
	const tops = topsOf(actor).filter((id) => !open.has(id));
	return new Map([...tops.map((id): [number, number] => [id, 0]), ...open]);
}

function topsOf(actor: Actor): number[] {
	return actor.branches.map((path) => idsOf(path).at(-1)!);
}

/** Those of the accounts that the actor may see. */
function rowsOf(tx: Tx, actor: Actor, ids: readonly number[]): NodeRow[] {
	return tx
		.sql<NodeRow>(`SELECT ${COLUMNS} FROM accounts a WHERE a.id IN (SELECT value FROM json_each(@ids)) AND ${IN_SCOPE}`)
		.all({ ids: JSON.stringify(ids), scope: scopeOf(actor), now: Date.now() });
}

/** Children of a node that the caller has found in the scope: they lie in it too. One more than a page. */
function childrenOf(tx: Tx, parentId: number, after: number): NodeRow[] {
	return tx
		.sql<NodeRow>(
			`SELECT ${COLUMNS} FROM accounts a WHERE a.parent_id = @parentId AND a.id > @after ORDER BY a.id LIMIT @limit`,
		)
		.all({ parentId, after, limit: PAGE_ROWS + 1, now: Date.now() });
}

interface Parts {
	rows: ReadonlyMap<number, NodeRow>;
	more: ReadonlyMap<number, number | null>;
	open: OpenNodes;
	hits: ReadonlySet<number>;
}

function build({ rows, more, open, hits }: Parts): TreeNode[] {
	const nodes = new Map<number, TreeNode>();
	for (const { path: _path, parentId: _parent, ...row } of rows.values()) {
		const isOpen = more.has(row.id);
		const isLater = (open.get(row.id) ?? 0) > 0;
		nodes.set(row.id, {
			...row,
			isHit: hits.has(row.id),
			isOpen,
			isLater,
			moreAfter: more.get(row.id) ?? null,
			children: [],
		});
	}
	const tops: TreeNode[] = [];
	for (const { id, parentId } of [...rows.values()].sort((a, b) => a.id - b.id)) {
		const above = parentId === null ? undefined : nodes.get(parentId);
		(above?.children ?? tops).push(nodes.get(id)!);
	}
	return tops;
}
