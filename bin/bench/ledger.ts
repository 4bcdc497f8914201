import { join } from "node:path";
import { postTransfer } from "#app/modules/ledger/post-transfer.server.ts";
import type { NewTransfer } from "#app/modules/ledger/transfer.ts";
import { openConnection } from "#db/client.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { type BenchHouse, ended, openHouse, startWeb } from "./bench-house.ts";
import { addBenchUser, quantiles, rounds, signIn } from "./bench-pages.ts";
import { type Branch, growPostings, plantBranch } from "./ledger-postings.ts";
import { print, round } from "./print.ts";

const UNIT = { client: 14_000, dealer: 11_000, cost: 9_000 };
const BATCH = 500;
/** Single commits are slow: enough of them to tell. */
const SINGLES_SHARE = 10;
const FEW_POSTINGS = 10_000;
const PAGE_ROUNDS = 200;

/** Transfers over three tiers beside bare inserts of the same rows; then pages of money with few postings and with many. */
export async function benchLedger(transfers: number, postings: number): Promise<void> {
	await inHouse(async (house) => {
		const branch = await plantBranch(house);
		await benchTransfers(house, branch, "one a commit", 1, Math.round(transfers / SINGLES_SHARE));
		await benchTransfers(house, branch, `${BATCH} a commit`, BATCH, transfers);
	});
	const few = await inHouse((house) => benchPages(house, FEW_POSTINGS));
	const many = await inHouse((house) => benchPages(house, postings));
	for (const [page, { ms, bytes }] of many.pages) {
		const withFew = few.pages.get(page)!;
		const times = { withFewMs: withFew.ms, withManyMs: ms, ratio: round(ms.p50 / withFew.ms.p50) };
		print({
			bench: "ledger",
			page,
			postings: [few.postings, many.postings],
			...times,
			kilobytes: [withFew.bytes, bytes].map((all) => round(all / 1024)),
		});
	}
}

async function inHouse<T>(work: (house: BenchHouse) => Promise<T>): Promise<T> {
	const house = await openHouse();
	try {
		return await work(house);
	} finally {
		await house.close();
	}
}

async function benchTransfers(
	house: BenchHouse,
	branch: Branch,
	how: string,
	size: number,
	count: number,
): Promise<void> {
	const firstId = lastTransfer() + 1;
	const from = performance.now();
	for (let start = 0; start < count; start += size) {
		const length = Math.min(size, count - start);
		await inTx((tx) => {
			for (let i = start; i < start + length; i++) postTransfer(tx, charge(branch, `${how} ${i}`));
		});
	}
	const seconds = (performance.now() - from) / 1000;
	const bareSeconds = bareInserts(join(house.dataDir, `bare-${size}.db`), firstId, size);
	print({
		bench: "ledger",
		what: `transfers over three tiers, ${how}`,
		transfers: count,
		transfersPerSecond: Math.round(count / seconds),
		bareTransfersPerSecond: Math.round(count / bareSeconds),
		ratioToBareInserts: round(bareSeconds / seconds),
	});
}

/** A message is charged: the client pays, the dealer keeps its margin, the root has the rest, and owes its provider. */
function charge({ rootId, dealerId, clientId }: Branch, opId: string): NewTransfer {
	return {
		...{ opId, input: { quantity: 1 }, kind: "capture", accountId: clientId, by: null },
		messages: { campaignId: 1, priceClass: 1, quantity: 1 },
		parts: [
			{ accountId: clientId, book: "available", amountMicros: -UNIT.client },
			{ accountId: dealerId, book: "available", amountMicros: UNIT.client - UNIT.dealer },
			{ accountId: rootId, book: "available", amountMicros: UNIT.dealer },
			{ accountId: rootId, book: "costs", amountMicros: -UNIT.cost },
			{ accountId: rootId, book: "providers", amountMicros: UNIT.cost },
		],
	};
}

function lastTransfer(): number {
	return readBooks((tx) => tx.sql<{ id: number }>("SELECT coalesce(max(id), 0) AS id FROM transfers").get()!.id);
}

/** The rows of the transfers from `firstId` on, into empty tables with the same indexes and nothing that watches over them. @returns seconds. */
function bareInserts(path: string, firstId: number, size: number): number {
	const { transfers, postings, tables } = readBooks((tx) => ({
		transfers: tx.sql<unknown[]>("SELECT * FROM transfers WHERE id >= ? ORDER BY id").raw().all(firstId) as unknown[][],
		postings: tx
			.sql<unknown[]>(
				"SELECT * FROM postings INDEXED BY postings_transfer WHERE transfer_id >= ? ORDER BY transfer_id, book_id",
			)
			.raw()
			.all(firstId) as unknown[][],
		tables: tx
			.sql<{ sql: string }>(
				"SELECT sql FROM sqlite_schema WHERE tbl_name IN ('transfers', 'postings') AND type IN ('table', 'index') AND sql IS NOT NULL ORDER BY type DESC",
			)
			.all(),
	}));
	const { raw } = openConnection(path, "write");
	for (const { sql } of tables) raw.exec(sql);
	const marks = (row: unknown[]) => row.map(() => "?").join(", ");
	const transfer = raw.prepare(`INSERT INTO transfers VALUES (${marks(transfers[0]!)})`);
	const posting = raw.prepare(`INSERT INTO postings VALUES (${marks(postings[0]!)})`);
	const perTransfer = postings.length / transfers.length;
	const from = performance.now();
	for (let start = 0; start < transfers.length; start += size) {
		raw.exec("BEGIN IMMEDIATE");
		for (let i = start; i < Math.min(start + size, transfers.length); i++) {
			transfer.run(...transfers[i]!);
			for (let p = i * perTransfer; p < (i + 1) * perTransfer; p++) posting.run(...postings[p]!);
		}
		raw.exec("COMMIT");
	}
	const seconds = (performance.now() - from) / 1000;
	raw.close();
	return seconds;
}

/** Balance and statement of a client, its dealer and the root, through whom every posting goes, over real HTTP. */
async function benchPages(house: BenchHouse, wanted: number): Promise<SeenPages> {
	const branch = await plantBranch(house);
	const began = performance.now();
	const postings = await growPostings(branch, wanted);
	const seconds = (performance.now() - began) / 1000;
	print({ bench: "ledger", what: "postings written in bulk", postings, perSecond: Math.round(postings / seconds) });
	const { web, origin } = await startWeb(house);
	const pages: SeenPages["pages"] = new Map();
	for (const [login, accountId, cabinet] of [
		["client", branch.clientId, "client"],
		["dealer", branch.dealerId, "dealer"],
		["root", branch.rootId, "admin"],
	] as const) {
		await addBenchUser(accountId, login);
		const cookie = await signIn(origin, login);
		const asked = [`/${cabinet}/money`, `/${cabinet}/money/statement`];
		await rounds(origin, cookie, asked, PAGE_ROUNDS / 10, () => false);
		for (const [page, times] of await rounds(origin, cookie, asked, PAGE_ROUNDS, () => false)) {
			const answer = await fetch(origin + page, { headers: { Cookie: cookie } });
			pages.set(page, { ms: quantiles(times), bytes: (await answer.text()).length });
		}
	}
	await ended(web);
	return { postings, pages };
}

interface SeenPages {
	postings: number;
	pages: Map<string, { ms: { p50: number; p99: number }; bytes: number }>;
}
