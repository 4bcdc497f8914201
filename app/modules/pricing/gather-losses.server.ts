import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { ChannelName } from "#app/channels/channel.ts";
import { readBooks, type Tx } from "#db/tx.ts";
import { ANY_BUYER } from "./find-price.server.ts";
import { type Loss, lossesOf, type Selling } from "./losses.ts";
import { type Lines, linesAt, type PriceRow } from "./price-list.ts";

/** Enough to decide by; who has more has surely mistyped. */
export const LOSSES_MAX = 100;
/** Accounts looked at in one read: some milliseconds. */
export const ACCOUNTS_A_SLICE = 20;
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

/** Gathers what a search through some channels finds, each as far as LOSSES_MAX. */
export async function gatherLosses(
	channels: Iterable<ChannelName>,
	search: (channel: ChannelName) => AsyncGenerator<Loss[]>,
): Promise<FoundLosses> {
	const found: FoundLosses["losses"] = [];
	for (const channel of channels) {
		let count = 0;
		for await (const losses of search(channel)) {
			found.push(...losses.map((loss) => ({ ...loss, channel })));
			count += losses.length;
			if (count > LOSSES_MAX) break;
		}
	}
	const losses = found.slice(0, LOSSES_MAX);
	const hash = createHash("sha256").update(JSON.stringify(losses)).digest("base64url").slice(0, 22);
	return { losses, isCut: found.length > LOSSES_MAX, hash };
}

/** Asks of everybody for whom a seller has lists, a few at a time, so that nothing else waits. */
export async function* throughBuyers(
	sellerId: number,
	channel: ChannelName,
	ask: (tx: Tx, buyerId: number) => Loss[],
): AsyncGenerator<Loss[]> {
	for (let after = -1; ; ) {
		const buyers = readBooks((tx) => buyersOf(tx, sellerId, channel, after));
		if (buyers.length === 0) return;
		after = buyers.at(-1)!;
		yield readBooks((tx) => buyers.flatMap((buyer) => ask(tx, buyer)));
		await pause(PAUSE_MS);
	}
}

function buyersOf(tx: Tx, sellerId: number, channel: ChannelName, after: number): number[] {
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

/**
 * Who loses now, and at the later moments at which the lists change; each line is told once, as it fares first.
 *
 * @param rows the lists whose later changes count.
 */
export function lossesOverTime(
	of: Pick<Selling, "sellerId" | "buyerId" | "isNewBuyer">,
	fromUtc: number,
	rows: PriceRow[],
	at: (moment: number) => Pick<Selling, "cost" | "price">,
): Loss[] {
	const moments = [fromUtc, ...rows.map((row) => row.fromUtc).filter((moment) => moment > fromUtc)];
	const told = new Map<string, Loss>();
	for (const moment of [...new Set(moments)].sort((a, b) => a - b).slice(0, MOMENTS_MAX))
		for (const loss of lossesOf({ ...of, ...at(moment) })) {
			const key = `${loss.country}/${loss.kind}`;
			if (!told.has(key)) told.set(key, loss);
		}
	return [...told.values()];
}

/** A seller's lists for a buyer at a moment, the one that counts first. */
export function lists(rows: PriceRow[], buyerId: number, at: number): Lines[] {
	const all = linesAt(rows, ANY_BUYER, at);
	return buyerId === ANY_BUYER ? [all] : [linesAt(rows, buyerId, at), all];
}

export function unchanged<T>(same: T): { before: T; after: T } {
	return { before: same, after: same };
}
