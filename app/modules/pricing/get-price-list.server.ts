import type { ChannelName } from "#app/channels/channel.ts";
import { PAGE_ROWS, readAfter } from "#app/lib/page-by-key.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { currency } from "#app/modules/platform/currency.server.ts";
import { CHANNELS } from "#app/modules/routing/content-kinds.ts";
import type { Tx } from "#db/tx.ts";
import { ownCost } from "./own-cost.server.ts";
import { type Lines, resolve } from "./price-list.ts";
import { type Buyer, requireBuyer } from "./require-buyer.server.ts";
import { listVersion } from "./set-prices.server.ts";

export interface ListedPrice {
	/** "viber.UA.text" */
	key: string;
	channel: ChannelName;
	country: string;
	kind: string;
	/** Now; null: nothing yet. */
	unitMicros: number | null;
	/** What comes next; `unitMicros` null: it ends. */
	next: { unitMicros: number | null; fromUtc: number } | null;
	/** What the seller pays itself; null: nobody has written it down. */
	costMicros: number | null;
}

export interface PriceListPage {
	buyer: Buyer;
	version: number;
	rows: ListedPrice[];
	/** `key` of the last row; null on the last page. */
	nextAfter: string | null;
	isFirst: boolean;
	/** The line that is to be changed. */
	chosen: ListedPrice | null;
	currency: string;
}

/** "viber.UA.text" → its parts; undefined for what is no line's. */
export function readLine(key: string | null): { channel: ChannelName; country: string; kind: string } | undefined {
	const [channel, country = "", kind = ""] = (key ?? "").split(".");
	const known = CHANNELS.find((one) => one === channel);
	return known && { channel: known, country, kind };
}

/**
 * The list of prices that the actor's account makes for a buyer: what holds and what is to come, 50 lines a page.
 *
 * @throws Response 403; AccountNotFoundError, AccountStateError
 */
export function getPriceList(tx: Tx, actor: Actor, buyerId: number, query: URLSearchParams): PriceListPage {
	const buyer = requireBuyer(tx, actor, buyerId, "money.read");
	const now = Date.now();
	const after = readLine(query.get("after"));
	const of = { sellerId: actor.account.id, buyerId, now };
	const found = tx
		.sql<Row>(
			`${LISTED} WHERE (unitMicros IS NOT NULL OR nextFromUtc IS NOT NULL)
			    AND (k.channel, k.country, k.kind) > (@channel, @country, @kind)
			  ORDER BY k.channel, k.country, k.kind LIMIT ${PAGE_ROWS + 1}`,
		)
		.all({ ...of, ...(after ?? { channel: "", country: "", kind: "" }) });
	const costs = new Map<ChannelName, Lines[]>();
	const listed = (row: Row): ListedPrice => {
		const { channel, country, kind, unitMicros, nextUnitMicros, nextFromUtc } = row;
		const cost = costs.get(channel) ?? ownCost(tx, actor.account.path, channel, now);
		costs.set(channel, cost);
		const next = nextFromUtc === null ? null : { unitMicros: nextUnitMicros, fromUtc: nextFromUtc };
		const key = [channel, country, kind].join(".");
		return { key, channel, country, kind, unitMicros, next, costMicros: resolve(cost, country, kind) };
	};
	const rows = found.slice(0, PAGE_ROWS).map(listed);
	const wished = readLine(query.get("line"));
	const chosen =
		wished &&
		tx
			.sql<Row>(`${LISTED} WHERE k.channel = @channel AND k.country = @country AND k.kind = @kind`)
			.get({ ...of, ...wished });
	return {
		buyer,
		version: listVersion(tx, actor, buyerId),
		rows,
		nextAfter: found.length > PAGE_ROWS ? rows.at(-1)!.key : null,
		isFirst: !after,
		chosen: chosen ? listed(chosen) : null,
		currency: currency(tx),
	};
}

interface Row {
	channel: ChannelName;
	country: string;
	kind: string;
	unitMicros: number | null;
	nextUnitMicros: number | null;
	nextFromUtc: number | null;
}

const OF_LINE =
	"p.account_id = @sellerId AND p.buyer_account_id = @buyerId AND p.channel = k.channel AND p.country = k.country AND p.kind = k.kind";
const LISTED = `SELECT k.channel, k.country, k.kind,
		(SELECT unit_micros FROM prices p WHERE ${OF_LINE} AND from_utc <= @now ORDER BY from_utc DESC LIMIT 1) AS unitMicros,
		(SELECT unit_micros FROM prices p WHERE ${OF_LINE} AND from_utc > @now ORDER BY from_utc LIMIT 1) AS nextUnitMicros,
		(SELECT min(from_utc) FROM prices p WHERE ${OF_LINE} AND from_utc > @now) AS nextFromUtc
	FROM (SELECT DISTINCT channel, country, kind FROM prices WHERE account_id = @sellerId AND buyer_account_id = @buyerId) k`;

export interface PriceRowShown {
	id: number;
	channel: ChannelName;
	country: string;
	kind: string;
	unitMicros: number | null;
	fromUtc: number;
	createdAtUtc: number;
}

/**
 * Every row that a list ever had, the newest first, 50 a page.
 *
 * @param before id of the last row of the page before.
 * @throws Response 403; AccountNotFoundError, AccountStateError
 */
export function getPriceHistory(tx: Tx, actor: Actor, buyerId: number, before: number | undefined) {
	const buyer = requireBuyer(tx, actor, buyerId, "money.read");
	const rows = tx
		.sql<PriceRowShown>(
			`SELECT id, channel, country, kind, unit_micros AS unitMicros, from_utc AS fromUtc, created_at_utc AS createdAtUtc
			   FROM prices WHERE account_id = ? AND buyer_account_id = ? AND id < ? ORDER BY id DESC LIMIT ${PAGE_ROWS + 1}`,
		)
		.all(actor.account.id, buyerId, before ?? Number.MAX_SAFE_INTEGER);
	const page = rows.slice(0, PAGE_ROWS);
	return {
		buyer,
		rows: page,
		nextAfter: rows.length > PAGE_ROWS ? page.at(-1)!.id : null,
		isFirst: before === undefined,
		currency: currency(tx),
	};
}

/** What a list's address asks for: the list, or with "?show=history" its history. */
export function getPriceListPage(tx: Tx, actor: Actor, buyerId: number, url: string) {
	const query = new URL(url).searchParams;
	if (query.get("show") !== "history") return { list: getPriceList(tx, actor, buyerId, query), history: null };
	return { list: null, history: getPriceHistory(tx, actor, buyerId, readAfter(url)) };
}
