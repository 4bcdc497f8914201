import { startOfDay } from "#app/modules/accounts/account-filter.ts";
import { dayAfter } from "#app/modules/audit/trail-range.server.ts";
import { localOf } from "#app/modules/campaigns/local-time.ts";
import type { Tx } from "#db/tx.ts";
import { FIRST_DAYS, USUAL_DAYS } from "./brake.ts";

const DAY_MS = 86_400_000;

/** An account's day, by its own clock, and what has happened on it. */
export interface AccountDay {
	/** "2026-11-21" */
	day: string;
	timeZone: string;
	/** Unix ms: when the next begins. */
	resetsAtUtc: number;
	spentMicros: number;
	/** People of the campaigns that began. */
	messages: number;
	/** Messages of the busiest of the 30 days before. */
	busiest: number;
	/** It is one of the account's first days. */
	isNew: boolean;
	/** Nobody stands above it. */
	isRoot: boolean;
}

export function accountDay(tx: Tx, accountId: number, now = Date.now()): AccountDay {
	const { timeZone, createdAtUtc, parentId } = tx
		.sql<{ timeZone: string; createdAtUtc: number; parentId: number | null }>(
			"SELECT time_zone AS timeZone, created_at_utc AS createdAtUtc, parent_id AS parentId FROM accounts WHERE id = ?",
		)
		.get(accountId)!;
	const day = localOf(now, timeZone).date;
	const since = new Date(Date.parse(`${day}T00:00:00Z`) - USUAL_DAYS * DAY_MS).toISOString().slice(0, 10);
	const today = tx
		.sql<{ spentMicros: number; messages: number }>(
			"SELECT spent_micros AS spentMicros, messages FROM account_days WHERE account_id = ? AND day = ?",
		)
		.get(accountId, day);
	const { busiest } = tx
		.sql<{ busiest: number }>(
			"SELECT coalesce(max(messages), 0) AS busiest FROM account_days WHERE account_id = ? AND day >= ? AND day < ?",
		)
		.get(accountId, since, day)!;
	return {
		...{ day, timeZone, busiest, isRoot: parentId === null },
		resetsAtUtc: startOfDay(dayAfter(day), timeZone)!,
		spentMicros: today?.spentMicros ?? 0,
		messages: today?.messages ?? 0,
		isNew: now - createdAtUtc < FIRST_DAYS * DAY_MS,
	};
}
