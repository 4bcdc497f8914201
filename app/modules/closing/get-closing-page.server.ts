import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { requireAccountBelow } from "#app/modules/accounts/require-account.server.ts";
import type { Tx } from "#db/tx.ts";
import { closingObstacles } from "./closing-obstacles.server.ts";

/**
 * All that the page of closing shows: what goes, what stays, what is in the way. Figures come from rows of lists and campaigns, never
 * from the people or messages in them.
 *
 * @throws Response 403; AccountNotFoundError, also for the own account.
 */
export function getClosingPage(tx: Tx, actor: Actor, accountId: number) {
	requireRight(actor, "accounts.delete");
	const { id, name, version, state, ownerLogin } = requireAccountBelow(tx, actor, accountId);
	const isClosed = state === "closed";
	return {
		account: { id, name, version, ownerLogin, isClosed },
		figures: isClosed ? null : figures(tx, accountId),
		obstacles: isClosed ? [] : closingObstacles(tx, { id }),
	};
}

export interface ClosingFigures {
	signIns: number;
	lists: number;
	listed: number;
	drafts: number;
	contacts: number;
	senders: number;
	/** Campaigns that wait and are cancelled. */
	waiting: number;
	/** Campaigns that stay. */
	campaigns: number;
}

function figures(tx: Tx, accountId: number): ClosingFigures {
	const states = tx
		.sql<{ state: string; count: number }>(
			"SELECT state, count(*) AS count FROM campaigns WHERE account_id = ? AND fallback_of IS NULL GROUP BY state",
		)
		.all(accountId);
	const of = (...wanted: string[]) =>
		states.filter(({ state }) => wanted.includes(state)).reduce((sum, { count }) => sum + count, 0);
	const { lists, listed } = tx
		.sql<{ lists: number; listed: number }>(
			"SELECT count(*) AS lists, coalesce(sum(valid_count), 0) AS listed FROM collections WHERE account_id = ?",
		)
		.get(accountId)!;
	const count = (sql: string) => tx.sql<{ count: number }>(sql).get(accountId)!.count;
	return {
		signIns: count("SELECT count(*) AS count FROM users WHERE account_id = ?"),
		contacts: count("SELECT count(*) AS count FROM account_contacts WHERE account_id = ?"),
		senders: count("SELECT count(*) AS count FROM senders WHERE account_id = ?"),
		lists,
		listed,
		drafts: of("draft"),
		waiting: of("scheduled", "paused"),
		campaigns: states.reduce((sum, one) => sum + one.count, 0) - of("draft"),
	};
}
