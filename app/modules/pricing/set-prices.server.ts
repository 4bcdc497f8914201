import { writeMicros } from "#app/lib/micros.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import type { Tx } from "#db/tx.ts";
import { findLosses } from "./find-losses.server.ts";
import { guardLosses } from "./guard-losses.server.ts";
import { LINES_MAX, lineInWords, type NewLine, type PriceChange } from "./price-change.ts";
import { StalePricesError, TooManyLinesError } from "./pricing.errors.ts";
import { requireBuyer } from "./require-buyer.server.ts";

/** Lines that an entry of the audit names. */
const NAMED_LINES = 20;
/** A planned row gives way to one that is planned for the same moment by beginning this much before it. */
const SAME_MOMENT_MS = 1_000;

export interface Meant {
	/** `listVersion` of what the page showed. */
	version: number;
	/** `hash` of losses that are meant; undefined: none are. */
	losses?: string;
}

/**
 * Begins new lines of a list, or takes lines back; each is a row of its own, nothing that was is changed. Lines that say what holds
 * already are left out: the same form twice does nothing the second time.
 *
 * @throws Response 403; AccountNotFoundError, AccountStateError; StalePricesError where somebody has changed the list; LossesError where
 * it would make somebody lose and that was not meant, or other losses were; TooManyLinesError
 */
export async function setPrices(actor: Actor, change: PriceChange, meant: Meant): Promise<void> {
	requireRight(actor, "prices.update");
	await guardLosses({
		look: (tx) => {
			const lines = newLines(tx, actor, change);
			if (lines.length === 0) return lines;
			const buyer = requireBuyer(tx, actor, change.buyerId, "prices.update");
			if (listVersion(tx, actor, buyer.id) !== meant.version) throw new StalePricesError();
			return lines;
		},
		find: (lines) => findLosses(actor.account, { ...change, lines }),
		meant: meant.losses,
		commit: (tx, lines, found) => {
			if (lines.length > 0) insertLines(tx, actor, { ...change, lines }, found.losses.length > 0);
		},
	});
}

function insertLines(tx: Tx, actor: Actor, { buyerId, lines, fromUtc }: PriceChange, atLoss: boolean): void {
	const from = fromUtc ?? Date.now();
	for (const line of lines) insertLine(tx, actor, buyerId, line, from);
	if (countLines(tx, actor, buyerId) > LINES_MAX) throw new TooManyLinesError();
	const detail = {
		prices: lines.slice(0, NAMED_LINES).map((line) => lineInWords(line, amountOf(line))),
		lines: lines.length,
		fromUtc,
		atLoss,
	};
	// Not in the buyer's own trail: it says what its seller's margin is like.
	writeAudit(tx, actor, "prices.change", `account:${buyerId || actor.account.id}`, detail);
}

const amountOf = ({ unitMicros }: NewLine) => (unitMicros === null ? "–" : writeMicros(unitMicros));

/** Raised by every change of the list of the actor's account for this buyer. */
export function listVersion(tx: Tx, actor: Actor, buyerId: number): number {
	return tx
		.sql<{ id: number }>("SELECT coalesce(max(id), 0) AS id FROM prices WHERE account_id = ? AND buyer_account_id = ?")
		.get(actor.account.id, buyerId)!.id;
}

const SAME_LINE = "buyer_account_id = @buyerId AND channel = @channel AND country = @country AND kind = @kind";

/** Of the lines those that say something else than what will hold then. */
function newLines(tx: Tx, actor: Actor, { buyerId, lines, fromUtc }: PriceChange): NewLine[] {
	return lines.filter((line) => {
		const at = fromUtc ?? Date.now();
		const of = { sellerId: actor.account.id, buyerId, ...line, at };
		const before = tx
			.sql<{ unit: number | null }>(
				`SELECT unit_micros AS unit FROM prices WHERE account_id = @sellerId AND ${SAME_LINE} AND from_utc < @at + ${SAME_MOMENT_MS} ORDER BY from_utc DESC LIMIT 1`,
			)
			.get(of);
		if ((before?.unit ?? null) !== line.unitMicros) return true;
		return line.unitMicros === null && plannedAfter(tx, of).length > 0;
	});
}

function plannedAfter(tx: Tx, of: Omit<NewLine, "unitMicros"> & { sellerId: number; buyerId: number; at: number }) {
	return tx
		.sql<{ fromUtc: number }>(
			`SELECT from_utc AS fromUtc FROM prices p WHERE account_id = @sellerId AND ${SAME_LINE} AND from_utc > @at AND unit_micros IS NOT NULL
			    AND NOT EXISTS (SELECT 1 FROM prices q WHERE q.account_id = p.account_id AND q.buyer_account_id = p.buyer_account_id
			        AND q.channel = p.channel AND q.country = p.country AND q.kind = p.kind
			        AND q.from_utc > p.from_utc AND q.from_utc < p.from_utc + ${SAME_MOMENT_MS})`,
		)
		.all({ ...of });
}

function insertLine(tx: Tx, actor: Actor, buyerId: number, line: NewLine, fromUtc: number): void {
	const of = { sellerId: actor.account.id, buyerId, ...line, at: fromUtc };
	insertRow(tx, actor, of, fromUtc);
	// What is taken back does not come again of itself.
	if (line.unitMicros === null) for (const planned of plannedAfter(tx, of)) insertRow(tx, actor, of, planned.fromUtc);
}

/** At the moment, or just behind what begins at it already. */
function insertRow(tx: Tx, actor: Actor, of: NewLine & { sellerId: number; buyerId: number }, fromUtc: number): void {
	tx.sql(
		`INSERT INTO prices (account_id, buyer_account_id, channel, country, kind, unit_micros, from_utc, created_at_utc, user_id)
		 VALUES (@sellerId, @buyerId, @channel, @country, @kind, @unitMicros,
		         (SELECT coalesce(max(from_utc) + 1, @fromUtc) FROM prices
		           WHERE account_id = @sellerId AND ${SAME_LINE} AND from_utc BETWEEN @fromUtc AND @fromUtc + ${SAME_MOMENT_MS}),
		         @now, @userId)`,
	).run({ ...of, fromUtc, now: Date.now(), userId: actor.userId });
}

function countLines(tx: Tx, actor: Actor, buyerId: number): number {
	return tx
		.sql<{ n: number }>(
			`SELECT count(*) AS n FROM (SELECT DISTINCT channel, country, kind FROM prices WHERE account_id = ? AND buyer_account_id = ?)`,
		)
		.get(actor.account.id, buyerId)!.n;
}
