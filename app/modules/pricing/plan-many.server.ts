import { createHash } from "node:crypto";
import type { ChannelName } from "#app/channels/channel.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { AccountNotFoundError } from "#app/modules/accounts/account.errors.ts";
import { findAccount } from "#app/modules/accounts/find-account.server.ts";
import { requireAccount } from "#app/modules/accounts/require-account.server.ts";
import { CHANNELS } from "#app/modules/routing/content-kinds.ts";
import type { Tx } from "#db/tx.ts";
import { ANY_BUYER } from "./find-price.server.ts";
import { ownCost } from "./own-cost.server.ts";
import type { ManyWish } from "./price.schema.ts";
import type { NewLine } from "./price-change.ts";
import { type Lines, lineKey, linesAt, resolve, shownLines } from "./price-list.ts";
import { priceRows } from "./price-rows.server.ts";
import { NoLinesError } from "./pricing.errors.ts";

export interface PlannedLine extends NewLine {
	unitMicros: number;
	beforeMicros: number | null;
	costMicros: number | null;
}

/** What is about to be saved: only lines that change. `hash` stands for them. */
export interface ManyPlan {
	lines: PlannedLine[];
	hash: string;
}

const HUNDREDTHS_OF_ALL = 10_000n;

/** A cost and so many hundredths of a percent more. Rounded up to a whole micro-unit, so that rounding never eats the margin. */
export function raised(costMicros: number, hundredths: number): number {
	const exact = BigInt(costMicros) * (HUNDREDTHS_OF_ALL + BigInt(hundredths));
	return Number((exact + HUNDREDTHS_OF_ALL - 1n) / HUNDREDTHS_OF_ALL);
}

/**
 * The lines that a wish comes to. A copy takes over every line of the other list; a rise is reckoned for every line of the own costs and
 * every line that the list has. Lines that are in neither stay.
 *
 * @throws AccountNotFoundError for another list that is not there for this actor; NoLinesError
 */
export function planMany(tx: Tx, actor: Actor, buyerId: number, wish: ManyWish): ManyPlan {
	const at = wish.fromUtc ?? Date.now();
	const source = wish.how === "copy" ? sourceOf(tx, actor, buyerId, wish.from) : null;
	let hasAny = false;
	const lines = CHANNELS.filter((channel) => wish.channel === "" || wish.channel === channel).flatMap((channel) => {
		const cost = ownCost(tx, actor.account.path, channel, at);
		const now = listOf(tx, actor, buyerId, channel, at);
		const wanted = wish.how === "copy" ? listOf(tx, actor, source!, channel, at) : risen(cost, now, wish.percent);
		hasAny ||= wanted.size > 0;
		return [...wanted].flatMap(([key, unitMicros]): PlannedLine[] => {
			const [country, kind] = key.split("/") as [string, string];
			const beforeMicros = now.get(key) ?? null;
			if (beforeMicros === unitMicros) return [];
			return [{ channel, country, kind, unitMicros, beforeMicros, costMicros: resolve(cost, country, kind) }];
		});
	});
	if (!hasAny) throw new NoLinesError();
	const hash = createHash("sha256").update(JSON.stringify(lines)).digest("base64url").slice(0, 22);
	return { lines, hash };
}

function listOf(tx: Tx, actor: Actor, buyerId: number, channel: ChannelName, at: number): Lines {
	return linesAt(priceRows(tx, actor.account.id, buyerId, channel), buyerId, at);
}

function risen(cost: Lines[], now: Lines, hundredths: number): Lines {
	const keys = [...shownLines(cost).map(({ country, kind }) => lineKey(country, kind)), ...now.keys()];
	const lines = new Map<string, number>();
	for (const key of keys.sort()) {
		const [country, kind] = key.split("/") as [string, string];
		const own = resolve(cost, country, kind);
		if (own !== null) lines.set(key, raised(own, hundredths));
	}
	return lines;
}

/** Whose list is copied: "" for that for all; else an account directly below, by id or login. */
function sourceOf(tx: Tx, actor: Actor, buyerId: number, typed: string): number {
	if (typed === "" && buyerId !== ANY_BUYER) return ANY_BUYER;
	const found = findAccount(tx, actor, typed);
	const isBelow = found && requireAccount(tx, actor, found.id).parentId === actor.account.id;
	if (!isBelow || found.id === buyerId) throw new AccountNotFoundError(`no list of ${typed}`);
	return found.id;
}
