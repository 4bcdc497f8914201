import { CHARGE } from "#app/modules/charging/charge.ts";
import { balanceOf } from "#app/modules/ledger/balance-of.server.ts";
import { readBooks, type Tx } from "#db/tx.ts";
import type { Entry } from "./journal.ts";
import { type NaiveMessage, placeOf } from "./naive-house.ts";
import type { NaiveReplay } from "./naive-replay.ts";
import type { Done } from "./run-storm.ts";

/** What was told to those who asked, against what the books' journal says was done: each operation once or not at all. */
export function toldWrong(byKey: ReadonlyMap<string, Done>, journal: readonly Entry[]): string[] {
	const faults: string[] = [];
	const times = new Map<string, number>();
	for (const { op } of journal) times.set(op, (times.get(op) ?? 0) + 1);
	const applied = new Map<string, number>();
	for (const [key, { op, outcome, isRetry }] of byKey) {
		const count = times.get(key) ?? 0;
		const fault = (what: string) => faults.push(`${key} ${JSON.stringify(op)} was told "${outcome}": ${what}`);
		const isKeyed = op.do === "money" && op.of.deed !== "credit";
		// What is closed is closed in several transactions; a limit is known by its value alone, and set again comes to the same.
		const isOnce = op.do !== "close" && !(isRetry && op.do === "money" && !isKeyed);
		if (isOnce && count > 1) fault(`done ${count} times`);
		const isRefused = outcome !== "done" && outcome !== "again";
		// What is known by the version that was shown, not by a key, is refused when it is asked for again: it is another version by then.
		if (isRefused && count > 0 && (isKeyed || !isRetry)) fault("and yet something was changed");
		if (op.do !== "money" || !isKeyed) continue;
		const once = `${op.of.by.id}:${op.of.formKey}`;
		applied.set(once, (applied.get(once) ?? 0) + count);
		if (outcome === "done" && count === 0) fault("and nothing was changed");
	}
	// Of those that several processes asked for under one key.
	for (const [key, count] of applied) if (count > 1) faults.push(`${key} was done ${count} times`);
	for (const [key, { op, outcome }] of byKey)
		if (op.do === "money" && outcome === "again" && applied.get(`${op.of.by.id}:${op.of.formKey}`) !== 1)
			faults.push(`${key} was told that it had been done, and it had not`);
	return faults;
}

/** Where the books say something else than the model does. */
export function differences({ house, campaigns }: NaiveReplay): string[] {
	return readBooks((tx) => {
		const faults: string[] = [];
		const same = (what: string, kept: unknown, counted: unknown) => {
			const [books, model] = [JSON.stringify(kept), JSON.stringify(counted)];
			if (books !== model) faults.push(`${what}: the books say ${books}, the model ${model}`);
		};
		for (const [id, { has, credit, aside, owes }] of house.purses) {
			const { availableMicros, creditMicros, heldMicros, owedMicros } = balanceOf(tx, id);
			same(`account ${id}`, [availableMicros, creditMicros, heldMicros, owedMicros], [has, credit, aside, owes]);
		}
		same("what came in", bookOf(tx, "outside"), -house.cameIn);
		same("what providers took", [bookOf(tx, "costs"), bookOf(tx, "providers")], [-house.costs, house.costs]);
		for (const [id, { of, messages }] of campaigns) {
			const rows = messagesOf(tx, id, of.accountId);
			const kept = rows.map(({ state, charge }) => [placeOf(state), charge]);
			same(
				`messages of campaign ${id}`,
				kept,
				messages.map(({ place, money }) => [place, CHARGE_OF[money]]),
			);
		}
		return faults;
	});
}

const HELD_POSTING = `FROM postings p JOIN ledger_books b ON b.id = p.book_id AND b.kind = 'held' WHERE p.transfer_id = t.id`;

/** Everything has ended: captures and releases are holds, in messages and to the last micro-unit, and nothing is left. */
export function leftHeld(): string[] {
	return readBooks((tx) =>
		tx
			.sql<{ what: string }>(
				`SELECT 'class ' || t.price_class || ' of campaign ' || t.campaign_id AS what FROM transfers t
				  WHERE t.kind IN ('hold', 'capture', 'release') AND EXISTS (SELECT 1 ${HELD_POSTING}) GROUP BY t.campaign_id, t.price_class
				 HAVING sum(iif(t.kind = 'hold', t.quantity, -t.quantity)) <> 0 OR sum((SELECT sum(p.amount_micros) ${HELD_POSTING})) <> 0
				 UNION ALL SELECT 'book of ' || account_id FROM ledger_books WHERE kind = 'held' AND balance_micros <> 0
				 UNION ALL SELECT 'count of class ' || class || ' of campaign ' || campaign_id FROM price_classes WHERE held + awaited <> 0`,
			)
			.all()
			.map(({ what }) => what),
	);
}

const CHARGE_OF: Record<NaiveMessage["money"], number | null> = {
	none: null,
	aside: CHARGE.held,
	paid: CHARGE.captured,
	back: CHARGE.released,
	refunded: CHARGE.refunded,
};

function bookOf(tx: Tx, kind: "outside" | "costs" | "providers"): number {
	return tx
		.sql<{ micros: number }>("SELECT coalesce(sum(balance_micros), 0) AS micros FROM ledger_books WHERE kind = ?")
		.get(kind)!.micros;
}

function messagesOf(tx: Tx, campaignId: number, accountId: number): { state: number; charge: number | null }[] {
	return tx
		.sql<{ state: number; charge: number | null }>(
			`SELECT s.state, s.charge FROM message_states s JOIN campaigns c ON c.id = ? AND c.account_id = ?
			  WHERE s.id >= c.first_message_id AND s.id < c.first_message_id + c.message_count ORDER BY s.id`,
		)
		.all(campaignId, accountId);
}
