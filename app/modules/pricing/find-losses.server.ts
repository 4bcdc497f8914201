import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { ChannelName } from "#app/channels/channel.ts";
import { readBooks, type Tx } from "#db/tx.ts";
import { ANY_BUYER } from "./find-price.server.ts";
import { type Change, type Loss, lossesOf } from "./losses.ts";
import { ownCost } from "./own-cost.server.ts";
import type { PriceChange } from "./price-change.ts";
import { type Lines, linesAt, type PriceRow } from "./price-list.ts";
import { priceRows } from "./price-rows.server.ts";

/** Enough to decide by; who has more has surely mistyped. */
export const LOSSES_MAX = 100;
/** Accounts looked at in one read: some milliseconds. */
const ACCOUNTS_A_SLICE = 20;
const PAUSE_MS = 1;
/** Later changes of the same lists at which it is looked again. */
const MOMENTS_MAX = 10;

export interface FoundLosses {
	losses: (Loss & { channel: ChannelName })[];
	/** There may be more than these. */
	isCut: boolean;
	/** Of all that was found: who says that it is meant says it of just this. */
	hash: string;
}

interface Seller {
	id: number;
	path: string;
}

/**
 * Who would sell below cost by a change of a seller's prices: the seller itself, and the dealers directly below it for whom the price is a
 * cost. Nobody else's cost or price is changed by it. Goes through buyers and dealers by their ids, a few at a time, so that nothing else
 * waits; what changes meanwhile is the caller's to notice (`lastPriceId`).
 */
export async function findLosses(seller: Seller, change: PriceChange): Promise<FoundLosses> {
	const found: FoundLosses["losses"] = [];
	for (const channel of new Set(change.lines.map((line) => line.channel))) {
		const lines = change.lines.filter((line) => line.channel === channel);
		for await (const losses of slices(seller, { ...change, lines }, channel))
			found.push(...losses.map((loss) => ({ ...loss, channel })));
	}
	const losses = found.slice(0, LOSSES_MAX);
	const hash = createHash("sha256").update(JSON.stringify(losses)).digest("base64url").slice(0, 22);
	return { losses, isCut: found.length > LOSSES_MAX, hash };
}

/** Stops early where far too much was found. */
async function* slices(seller: Seller, change: PriceChange, channel: ChannelName): AsyncGenerator<Loss[]> {
	const { buyerId, lines } = change;
	const fromUtc = change.fromUtc ?? Date.now();
	const news = lines.map((line): PriceRow => ({ buyerId, ...line, fromUtc }));
	let count = 0;
	const sellers = [{ ...seller, isBelow: false }];
	for (let below = 0; count <= LOSSES_MAX; ) {
		const next = sellers.pop();
		if (!next) {
			const more = readBooks((tx) => dealersBelow(tx, seller.id, buyerId, channel, below));
			if (more.length === 0) return;
			below = more.at(-1)!.id;
			sellers.push(...more.reverse().map((one) => ({ ...one, isBelow: true })));
			continue;
		}
		for (let after = -1; count <= LOSSES_MAX; ) {
			const buyers = readBooks((tx) => buyersOf(tx, next.id, next.isBelow ? null : buyerId, channel, after));
			if (buyers.length === 0) break;
			after = buyers.at(-1)!;
			const losses = readBooks((tx) => buyers.flatMap((buyer) => lossesWith(tx, next, buyer, news, channel, fromUtc)));
			count += losses.length;
			if (losses.length > 0) yield losses;
			await pause(PAUSE_MS);
		}
	}
}

/** Dealers directly below, with prices of their own, whose cost the change may move. */
function dealersBelow(tx: Tx, sellerId: number, buyerId: number, channel: ChannelName, after: number): Seller[] {
	return tx
		.sql<Seller>(
			`SELECT a.id, a.path FROM accounts a
			  WHERE a.parent_id = @sellerId AND a.id > @after AND (@buyerId = ${ANY_BUYER} OR a.id = @buyerId) AND a.state <> 'closed'
			    AND EXISTS (SELECT 1 FROM prices p WHERE p.account_id = a.id AND p.channel = @channel)
			  ORDER BY a.id LIMIT ${ACCOUNTS_A_SLICE}`,
		)
		.all({ sellerId, buyerId, channel, after });
}

/** Those for whom a seller has lists; of one whose own prices change only those that the change is for. */
function buyersOf(tx: Tx, sellerId: number, only: number | null, channel: ChannelName, after: number): number[] {
	if (only !== null && only !== ANY_BUYER) return only > after ? [only] : [];
	const listed = tx
		.sql(
			`SELECT DISTINCT buyer_account_id FROM prices p WHERE p.account_id = ? AND p.buyer_account_id > ? AND p.channel = ?
			    AND (p.buyer_account_id = ${ANY_BUYER} OR EXISTS (
			        SELECT 1 FROM accounts a WHERE a.id = p.buyer_account_id AND a.parent_id = p.account_id AND a.state <> 'closed'))
			  ORDER BY buyer_account_id LIMIT ${ACCOUNTS_A_SLICE}`,
		)
		.pluck()
		.all(sellerId, after, channel) as number[];
	// A list for all that is being begun has no row yet.
	return after < ANY_BUYER && listed[0] !== ANY_BUYER ? [ANY_BUYER, ...listed] : listed;
}

function lossesWith(
	tx: Tx,
	{ id, path, isBelow }: Seller & { isBelow: boolean },
	buyerId: number,
	news: PriceRow[],
	channel: ChannelName,
	fromUtc: number,
): Loss[] {
	const sold = priceRows(tx, id, buyerId, channel);
	const aboveId = Number(path.split("/").at(-3));
	const bought = isBelow ? priceRows(tx, aboveId, id, channel) : [];
	const moments = [fromUtc, ...[...sold, ...bought].map((row) => row.fromUtc).filter((at) => at > fromUtc)];
	const told = new Map<string, Loss>();
	for (const at of [...new Set(moments)].sort((a, b) => a - b).slice(0, MOMENTS_MAX)) {
		const cost = isBelow ? listsBy(bought, news, id, at) : unchanged(ownCost(tx, path, channel, at));
		const price = isBelow ? unchanged(lists(sold, buyerId, at)) : listsBy(sold, news, buyerId, at);
		for (const loss of lossesOf({ sellerId: id, buyerId, cost, price })) {
			const key = `${loss.country}/${loss.kind}`;
			if (!told.has(key)) told.set(key, loss);
		}
	}
	return [...told.values()];
}

function lists(rows: PriceRow[], buyerId: number, at: number): Lines[] {
	const all = linesAt(rows, ANY_BUYER, at);
	return buyerId === ANY_BUYER ? [all] : [linesAt(rows, buyerId, at), all];
}

function listsBy(rows: PriceRow[], news: PriceRow[], buyerId: number, at: number): Change<Lines[]> {
	return { before: lists(rows, buyerId, at), after: lists([...rows, ...news], buyerId, at) };
}

const unchanged = (same: Lines[]): Change<Lines[]> => ({ before: same, after: same });
