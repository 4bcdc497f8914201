import { type Balance, balanceOf } from "#app/modules/ledger/balance-of.server.ts";
import { currency } from "#app/modules/platform/currency.server.ts";
import type { Tx } from "#db/tx.ts";

/** So many are counted and named at most: a page says "more than". */
export const COUNTED_AT_MOST = 20;

export type ClosingObstacle =
	/** Accounts directly below it that are not closed; below closed ones everything is. */
	| { kind: "branch"; count: number; isMore: boolean }
	/** Campaigns that are being prepared or sent. */
	| { kind: "sending"; count: number; isMore: boolean; campaigns: { id: number; name: string }[] }
	/** Money that it has, that is held for its messages, or that it owes: nothing of it may be left behind. */
	| { kind: "money"; count: number; isMore: false; balance: Balance; currency: string };

/** Everything that keeps an account from being closed, each with what a person needs to clear it away. Empty: it can be closed. */
export function closingObstacles(tx: Tx, account: { id: number }): ClosingObstacle[] {
	return [branch(tx, account.id), sending(tx, account.id), money(tx, account.id)].filter((one) => one.count > 0);
}

function branch(tx: Tx, accountId: number): ClosingObstacle {
	const rows = tx
		.sql("SELECT 1 FROM accounts WHERE parent_id = ? AND state <> 'closed' LIMIT ?")
		.all(accountId, COUNTED_AT_MOST + 1);
	return { kind: "branch", count: Math.min(rows.length, COUNTED_AT_MOST), isMore: rows.length > COUNTED_AT_MOST };
}

function sending(tx: Tx, accountId: number): ClosingObstacle {
	const rows = tx
		.sql<{ id: number; name: string }>(
			"SELECT id, name FROM campaigns WHERE account_id = ? AND fallback_of IS NULL AND state IN ('preparing', 'sending') ORDER BY id LIMIT ?",
		)
		.all(accountId, COUNTED_AT_MOST + 1);
	const campaigns = rows.slice(0, COUNTED_AT_MOST);
	return { kind: "sending", count: campaigns.length, isMore: rows.length > COUNTED_AT_MOST, campaigns };
}

function money(tx: Tx, accountId: number): ClosingObstacle {
	const balance = balanceOf(tx, accountId);
	const { availableMicros, heldMicros, owedMicros } = balance;
	const count = [availableMicros, heldMicros, owedMicros].filter((micros) => micros !== 0).length;
	return { kind: "money", count, isMore: false, balance, currency: currency(tx) };
}
