import type { Actor } from "#app/modules/access/actor.ts";
import type { AccountFilter } from "./account-filter.ts";

export interface ListedAccount {
	id: number;
	kind: Actor["account"]["kind"];
	name: string;
	login: string;
	city: string;
	/** A block that has come to its end counts as ended. */
	state: "active" | "blocked" | "closed";
	parentId: number | null;
	/** Unix ms; null: never. */
	lastActiveAtUtc: number | null;
	createdAtUtc: number;
	/** The account above; null where the actor may not know it. */
	dealer: { id: number; name: string } | null;
	/** What is available; null where the actor may not see money. */
	balanceMicros: number | null;
}

export type ReadRow = Omit<ListedAccount, "dealer" | "balanceMicros"> & { sortValue: string | number };
export type Values = Record<string, string | number | null>;
/** Is given one row after another in the list's order; false: enough. */
export type Keep = (row: ReadRow) => boolean;

const STATE = "CASE WHEN a.state = 'blocked' AND a.blocked_until_utc <= @now THEN 'active' ELSE a.state END";

export const LISTED_COLUMNS = `a.id, a.kind, a.name, a.owner_login AS login, a.city, ${STATE} AS state, a.parent_id AS parentId,
	a.last_active_at_utc AS lastActiveAtUtc, a.created_at_utc AS createdAtUtc`;

/** What a row `a` is sorted by, then by its id. */
export const SORT_VALUE: Record<AccountFilter["sort"], string> = {
	created: "a.id",
	name: "a.name_key",
	login: "a.owner_login",
	city: "a.city_key",
	active: "coalesce(a.last_active_at_utc, 0)",
};

/** Everything that a row `a` must be but its words, whichever way it was found; the scope stands beside it. */
export const LISTED_CONDITION = `a.id <> @except
	AND (@parent IS NULL OR a.parent_id = @parent)
	AND (@kind IS NULL OR a.kind = @kind)
	AND ${STATE} IN (SELECT value FROM json_each(@states))
	AND (@city = '' OR substr(a.city_key, 1, length(@city)) = @city)
	AND (@activeFrom IS NULL OR a.last_active_at_utc >= @activeFrom)
	AND (@activeBefore IS NULL OR a.last_active_at_utc < @activeBefore)
	AND (@balance IS NULL OR coalesce(
		(SELECT b.balance_micros FROM ledger_books b WHERE b.account_id = a.id AND b.kind = 'available'), 0) < @balance)`;
