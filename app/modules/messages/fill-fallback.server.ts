import { setTimeout as pause } from "node:timers/promises";
import { dueAt, type FallbackRule, type FirstMessage, NEVER } from "#app/modules/fallback/fallback-rule.ts";
import { inTx, type Tx } from "#db/tx.ts";
import { CounterDeltas } from "./counter-deltas.server.ts";
import { finishCampaign } from "./finish-campaign.server.ts";
import { haltIfBlocked } from "./halt-if-blocked.server.ts";
import { lookPause, STRETCH_IDS } from "./look-soon.server.ts";
import { MESSAGE_STATE } from "./message-state.ts";
import { rejectStopped } from "./reject-stopped.server.ts";
import { watchStops } from "./watch-stops.server.ts";

/** People who get their second message in one transaction. */
export const FILL_ROWS = 500;
const PAUSE_MS = 2;

interface Of {
	accountId: number;
	/** Of the first leg. */
	campaignId: number;
}

interface Legs {
	first: number;
	count: number;
	startedAt: number;
	secondId: number;
	rule: FallbackRule;
}

type Step = { queued: number; isMore: boolean };

/**
 * Gives the people of a sending campaign whom its first leg has not reached by its rule a message of the second, stretch by stretch of
 * what is to be looked through by now. Each slice is one transaction that reads the states it decides by, so a delivery comes either
 * before it, and nobody is queued, or after it, and withdraws what is queued.
 *
 * @returns the second leg, where somebody was queued: its job is to be run.
 */
export async function fillFallback(of: Of, signal?: AbortSignal): Promise<{ secondId: number } | null> {
	let filled: { secondId: number } | null = null;
	await inTx((tx) => lookAllOnceDrained(tx, of));
	for (;;) {
		const step = await inTx((tx) => {
			const legs = readLegs(tx, of);
			if (!legs || haltIfBlocked(tx, of)) return null;
			const slice = fillSlice(tx, of, legs);
			if (slice && slice.queued > 0) filled = { secondId: legs.secondId };
			return slice;
		});
		if (!step || signal?.aborted) return filled;
		await pause(PAUSE_MS);
	}
}

function readLegs(tx: Tx, of: Of): Legs | undefined {
	const row = tx
		.sql<Omit<Legs, "rule"> & { afterSeconds: number | null; reasons: string }>(
			`SELECT c.first_message_id AS first, c.message_count AS count, c.started_at_utc / 1000 AS startedAt, f.second_id AS secondId,
			        f.after_seconds AS afterSeconds, f.reasons
			   FROM campaigns c JOIN fallbacks f ON f.campaign_id = c.id AND f.account_id = c.account_id
			  WHERE c.id = ? AND c.account_id = ? AND c.state = 'sending'`,
		)
		.get(of.campaignId, of.accountId);
	if (!row) return undefined;
	const { afterSeconds, reasons, ...legs } = row;
	return { ...legs, rule: { afterSeconds, reasons: JSON.parse(reasons) } };
}

/** Once nothing of the first leg is under way any more, what is left is decided at once: a campaign that all have got is done. */
function lookAllOnceDrained(tx: Tx, of: Of): void {
	const { changes } = tx
		.sql(
			`UPDATE fallbacks SET is_drained = 1 WHERE campaign_id = ? AND account_id = ? AND is_drained = 0 AND EXISTS (
			   SELECT 1 FROM campaigns c JOIN campaign_counters n ON n.campaign_id = c.id WHERE c.id = fallbacks.campaign_id
			      AND c.state = 'sending' AND n.queued + n.claimed + n.handed_over + n.unknown + n.sent = 0)`,
		)
		.run(of.campaignId, of.accountId);
	if (changes > 0)
		tx.sql("UPDATE fallback_looks SET look_at = 0 WHERE campaign_id = ? AND account_id = ?").run(
			of.campaignId,
			of.accountId,
		);
}

/** Undefined: nothing is to be looked through now. */
function fillSlice(tx: Tx, of: Of, legs: Legs): Step | undefined {
	const now = Math.floor(Date.now() / 1000);
	const look = tx
		.sql<{ from: number }>(
			`SELECT first_message_id AS "from" FROM fallback_looks
			  WHERE campaign_id = ? AND account_id = ? AND look_at <= ? ORDER BY look_at LIMIT 1`,
		)
		.get(of.campaignId, of.accountId, now);
	if (!look) return undefined;
	const { due, nextAt } = lookThrough(tx, legs, look.from, now);
	queueSecond(tx, of, legs, due.slice(0, FILL_ROWS));
	if (due.length > FILL_ROWS) return { queued: FILL_ROWS, isMore: true };
	if (nextAt === NEVER) {
		tx.sql("DELETE FROM fallback_looks WHERE campaign_id = ? AND account_id = ? AND first_message_id = ?").run(
			of.campaignId,
			of.accountId,
			look.from,
		);
		finishCampaign(tx, of.campaignId);
	} else {
		tx.sql(
			"UPDATE fallback_looks SET look_at = ? WHERE campaign_id = ? AND account_id = ? AND first_message_id = ?",
		).run(Math.max(nextAt, now + lookPause(legs.count)), of.campaignId, of.accountId, look.from);
	}
	return { queued: due.length, isMore: true };
}

/** Who of a stretch is due, and when it is to be looked through again. */
function lookThrough(tx: Tx, legs: Legs, from: number, now: number): { due: number[]; nextAt: number } {
	const rows = tx
		.sql<FirstMessage & { id: number }>(
			`SELECT id, state, cause, handed_at AS handedAt, sent_at AS sentAt, 0 AS hasFallback FROM message_states
			  WHERE id >= ? AND id < ? AND fallback_id IS NULL AND state < ${MESSAGE_STATE.delivered} AND state <> ${MESSAGE_STATE.cancelled}
			  ORDER BY id`,
		)
		.all(from, Math.min(from + STRETCH_IDS, legs.first + legs.count));
	const due: number[] = [];
	let nextAt = NEVER;
	for (const row of rows) {
		const at = dueAt(legs.rule, { ...row, hasFallback: false }, now, legs.startedAt);
		if (at <= now) due.push(row.id);
		else nextAt = Math.min(nextAt, at);
	}
	return { due, nextAt };
}

function queueSecond(tx: Tx, of: Of, { secondId }: Legs, ids: number[]): void {
	if (ids.length === 0) return;
	const second = tx
		.sql<{ first: number; count: number }>(
			"SELECT first_message_id AS first, message_count AS count FROM campaigns WHERE id = ? AND account_id = ?",
		)
		.get(secondId, of.accountId)!;
	const next = second.first + second.count;
	const last = next + ids.length - 1;
	tx.sql(
		`INSERT INTO messages (id, campaign_id, contact_id, recipient, first_leg_id)
		 SELECT @next - 1 + row_number() OVER (ORDER BY id), @secondId, contact_id, recipient, id
		   FROM messages WHERE id IN (SELECT value FROM json_each(@ids))`,
	).run({ next, secondId, ids: JSON.stringify(ids) });
	tx.sql("INSERT INTO message_states (id, state, attempt) SELECT id, 0, 1 FROM messages WHERE id BETWEEN ? AND ?").run(
		next,
		last,
	);
	tx.sql(
		`UPDATE message_states SET fallback_id = m.id FROM messages m
		  WHERE m.id BETWEEN ? AND ? AND message_states.id = m.first_leg_id`,
	).run(next, last);
	// It began when its newest people came to it: only after that long without anybody new has it run out of time.
	tx.sql(
		"UPDATE campaigns SET message_count = message_count + ?, started_at_utc = ? WHERE id = ? AND account_id = ?",
	).run(ids.length, Date.now(), secondId, of.accountId);
	const deltas = new CounterDeltas(tx);
	const leg = { campaignId: secondId, accountId: of.accountId };
	deltas.move(leg, { state: null, cause: null }, { state: MESSAGE_STATE.queued, cause: null }, ids.length);
	if (second.count === 0) watchStops(tx, leg);
	rejectStopped(tx, leg, next, last, deltas);
	deltas.write();
}
