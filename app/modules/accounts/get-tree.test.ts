import { beforeEach, expect, it } from "vitest";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { testBooks } from "#db/testing/books.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { getTree, HITS_AT_MOST, type Tree, type TreeNode } from "./get-tree.server.ts";
import { DEPTH_MAX, insertAccount } from "./insert-account.server.ts";
import { OPEN_AT_MOST, readOpenNodes, withOpen, withoutOpen, writeOpenNodes } from "./open-nodes.ts";

testBooks();
let actors: Actors;
beforeEach(async () => {
	actors = await makeActors();
});

const look = (actor = actors.admin, open = "", words = ""): Tree =>
	readBooks((tx) => getTree(tx, actor, { open: readOpenNodes(open), words }));
const all = (nodes: TreeNode[]): TreeNode[] => nodes.flatMap((node) => [node, ...all(node.children)]);
const ids = (tree: Tree) => all(tree.tops).map(({ id }) => id);

async function addBelow(parentId: number, count: number, kind: "dealer" | "client" = "client"): Promise<number[]> {
	return inTx((tx) =>
		Array.from(
			{ length: count },
			(_, i) =>
				insertAccount(tx, { parentId, kind, name: `Branch ${i}`, ownerLogin: "", timeZone: "UTC", country: "UA" }).id,
		),
	);
}

it("is folded but for the own account, whose children are there with the sizes of their branches", () => {
	const tree = look();
	expect(tree.tops).toHaveLength(1);
	const { dealer, dealer2 } = actors;
	expect(tree.tops[0]!.children.map(({ id, branchSize, isOpen }) => [id, branchSize, isOpen])).toEqual([
		[dealer.account.id, 3, false],
		[dealer2.account.id, 2, false],
	]);
});

it("shows 50 children of an open node, then those after the key; the way to what is open below stays", async () => {
	const { dealer } = actors;
	const made = await addBelow(dealer.account.id, 120);
	const first = look(actors.admin, `1,${dealer.account.id}`);
	const open = first.tops[0]!.children[0]!;
	expect([open.children.length, open.isLater, open.moreAfter]).toEqual([50, false, made[47]]);
	const last = look(actors.admin, `${dealer.account.id}~${made[97]},${made[0]}`).tops[0]!.children[0]!;
	expect([last.isLater, last.moreAfter]).toEqual([true, null]);
	expect(last.children.map(({ id }) => id)).toEqual([made[0]!, ...made.slice(98)]);
});

it("a search opens the ways to its hits and nothing else", async () => {
	let at = actors.dealer2.account.id;
	for (let depth = 2; depth < DEPTH_MAX; depth++)
		at = (await addBelow(at, 1, depth < DEPTH_MAX - 1 ? "dealer" : "client"))[0]!;
	await inTx((tx) => tx.sql("UPDATE accounts SET name = 'Deepest of all' WHERE id = ?").run(at));
	const tree = look(actors.admin, "", "deep");
	expect(all(tree.tops)).toHaveLength(DEPTH_MAX);
	expect(
		all(tree.tops)
			.filter(({ isHit }) => isHit)
			.map(({ id }) => id),
	).toEqual([at]);
	expect(tree).toMatchObject({ hits: 1, hasMoreHits: false });
	expect(look(actors.dealer, "", "deep"), "another dealer finds nothing").toMatchObject({ hits: 0 });
});

it("more hits than anybody looks at are cut, and it is said", async () => {
	await addBelow(actors.dealer.account.id, HITS_AT_MOST + 1);
	expect(look(actors.admin, "", "branch")).toMatchObject({ hits: HITS_AT_MOST, hasMoreHits: true });
});

it("shows nothing outside of the scope, whatever is asked to be open", () => {
	const { admin, dealer, dealer2, client, client2, client3 } = actors;
	const everything = [admin, dealer, dealer2, client3].map(({ account }) => account.id).join(",");
	expect(ids(look(dealer, everything))).toEqual([dealer, client, client2].map(({ account }) => account.id));
	const employee = { ...admin, branches: [client.account.path, dealer2.account.path] };
	const seen = ids(look(employee, everything));
	expect(seen.sort()).toEqual([client, dealer2, client3].map(({ account }) => account.id).sort());
	expect(() => look({ ...admin, rights: new Set() })).toThrow(expect.objectContaining({ status: 403 }));
});

it("what is open is written into the address and read from it", () => {
	expect(writeOpenNodes(readOpenNodes("1,5~120,7"))).toBe("1,5~120,7");
	expect(readOpenNodes("x,,-1,1~,5~a").size).toBe(0);
	expect(readOpenNodes(Array.from({ length: 500 }, (_, i) => i).join(",")).size).toBe(OPEN_AT_MOST);
	expect(writeOpenNodes(withOpen(readOpenNodes("1,5~120"), 5))).toBe("1,5");
	expect(writeOpenNodes(withoutOpen(readOpenNodes("1,5,9"), [5, 9]))).toBe("1");
});
