import { randomFrom } from "#app/lib/random-from.ts";
import { sortKey } from "#app/lib/sort-key.ts";
import { DEPTH_MAX } from "#app/modules/accounts/insert-account.server.ts";
import { inTx } from "#db/tx.ts";

export interface TreeNode {
	id: number;
	parentId: number | null;
	kind: "admin" | "dealer" | "client";
	path: string;
	depth: number;
}

const NAMES = ["Shop", "Bakery", "Флористика", "Аптека", "दुकान", "متجر", "Café", "Garage", "Studio", "Market"];
const CITIES = ["Kyiv", "Львів", "Odesa", "दिल्ली", "القاهرة", "Warszawa", "Praha", "Zürich"];
/** A transaction as long as tests and benchmarks can have it: nobody else has the books open. */
const ROWS_A_TRANSACTION = 20_000;

/** A tree of `count` accounts as deep as trees may be: one of six is a dealer, and each hangs below any dealer that has room. */
export function planTree(count: number, seed: number): TreeNode[] {
	const random = randomFrom(seed);
	const root: TreeNode = { id: 1, parentId: null, kind: "admin", path: "/1/", depth: 1 };
	const nodes = [root];
	const dealers = [root];
	// One chain down to the bottom, so that every tree is as deep as it may be.
	while (nodes.length < count) {
		const isChain = nodes.length < DEPTH_MAX;
		const above = isChain ? nodes[nodes.length - 1]! : dealers[Math.floor(random() * dealers.length)]!;
		const id = nodes.length + 1;
		const depth = above.depth + 1;
		const isDealer = isChain ? depth < DEPTH_MAX : depth < DEPTH_MAX && random() < 1 / 6;
		const kind = isDealer ? "dealer" : "client";
		const node: TreeNode = { id, parentId: above.id, kind, path: `${above.path}${id}/`, depth };
		nodes.push(node);
		if (isDealer) dealers.push(node);
	}
	return nodes;
}

/** Writes a planned tree into empty books: names in four scripts, some clients blocked or closed (not with `allActive`), some never there. */
export async function insertTree(
	nodes: readonly TreeNode[],
	seed: number,
	options: { allActive?: boolean } = {},
): Promise<void> {
	const random = randomFrom(seed + 1);
	const sizes = branchSizes(nodes);
	const now = Date.now();
	for (let from = 0; from < nodes.length; from += ROWS_A_TRANSACTION) {
		await inTx((tx) => {
			const insert = tx.sql(
				`INSERT INTO accounts (id, parent_id, kind, path, name, name_key, owner_login, city, city_key, state, time_zone,
					country, branch_size, last_active_at_utc, created_at_utc)
				VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'UTC', 'UA', ?, ?, ?)`,
			);
			for (const { id, parentId, kind, path } of nodes.slice(from, from + ROWS_A_TRANSACTION)) {
				const name = `${NAMES[Math.floor(random() * NAMES.length)]} ${Math.floor(random() * 1_000)}`;
				const city = CITIES[Math.floor(random() ** 2 * CITIES.length)]!;
				const luck = random();
				const state =
					options.allActive || kind !== "client" || luck > 0.05 ? "active" : luck < 0.02 ? "closed" : "blocked";
				const lastActive = random() < 0.2 ? null : now - Math.floor(random() * 90 * 86_400_000);
				const size = sizes.get(id)!;
				const words = [name, sortKey(name), `login${id}`, city, sortKey(city), state];
				insert.run(id, parentId, kind, path, ...words, size, lastActive, now - (nodes.length - id) * 1_000);
			}
		});
	}
}

/** Accounts of each branch, by the id of its top, counted up the chains of parents. */
export function branchSizes(nodes: readonly { id: number; parentId: number | null }[]): Map<number, number> {
	const parentOf = new Map(nodes.map(({ id, parentId }) => [id, parentId]));
	const sizes = new Map(nodes.map(({ id }) => [id, 0]));
	for (const { id } of nodes)
		for (let at: number | null = id; at !== null; at = parentOf.get(at) ?? null) sizes.set(at, sizes.get(at)! + 1);
	return sizes;
}
