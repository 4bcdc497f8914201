import { IN_SCOPE } from "#app/modules/access/scope.ts";
import type { Tx } from "#db/tx.ts";
import type { AccountFilter, SortPlace } from "./account-filter.ts";
import { type Keep, LISTED_COLUMNS, LISTED_CONDITION, type ReadRow, type Values } from "./listed-account.ts";

/** So many accounts are looked through, in the list's own order, for one page. */
export const LOOKED_THROUGH_AT_MOST = 2_000;

/** A stretch of an index that has the list's order. */
interface Stretch {
	from: string;
	value: string;
	condition: string;
	/** Whether a place of the list lies on this stretch. */
	holds: (place: SortPlace) => boolean;
}

const along = (index: string, value: string): Stretch[] => [
	{ from: `accounts a INDEXED BY ${index}`, value, condition: "true", holds: () => true },
];

const STRETCHES: Record<AccountFilter["sort"], Stretch[]> = {
	created: [{ from: "accounts a", value: "a.id", condition: "true", holds: () => true }],
	name: along("accounts_name", "a.name_key"),
	login: along("accounts_login", "a.owner_login"),
	city: along("accounts_city", "a.city_key"),
	// Those that were never active have no moment to be compared by: they stand on a stretch of their own.
	active: [
		{
			from: "accounts a INDEXED BY accounts_last_active",
			value: "0",
			condition: "a.last_active_at_utc IS NULL",
			holds: ({ value }) => value === 0,
		},
		{
			from: "accounts a INDEXED BY accounts_last_active",
			value: "a.last_active_at_utc",
			condition: "a.last_active_at_utc > 0",
			holds: ({ value }) => value !== 0,
		},
	],
};

/**
 * Looks through the accounts in the list's order, along the index that has it, from the filter's place on: those that meet the
 * condition go to `keep`, until it has enough or LOOKED_THROUGH_AT_MOST were looked at.
 *
 * @returns where it gave up in the latter case.
 */
export function walkAccounts(
	tx: Tx,
	filter: AccountFilter,
	values: Values,
	keep: Keep,
): { place: SortPlace; lookedThrough: number } | undefined {
	const stretches = filter.isDescending ? STRETCHES[filter.sort].toReversed() : STRETCHES[filter.sort];
	const { after } = filter;
	const first = after ? stretches.findIndex((stretch) => stretch.holds(after)) : 0;
	let left = LOOKED_THROUGH_AT_MOST;
	for (const [i, stretch] of stretches.slice(first).entries()) {
		const sql = stretchSql(stretch, filter, i === 0 && after !== undefined);
		const all = { ...values, ...after, left };
		for (const row of tx.sql<ReadRow>(sql.rows).iterate(all)) if (!keep(row)) return undefined;
		const looked = tx.sql(sql.count).pluck().get(all) as number;
		left -= looked;
		if (left > 0) continue;
		return { place: tx.sql<SortPlace>(sql.last).get(all)!, lookedThrough: LOOKED_THROUGH_AT_MOST };
	}
	return undefined;
}

function stretchSql({ from, value, condition }: Stretch, { sort, isDescending }: AccountFilter, isBeyond: boolean) {
	const [beyond, order, back] = isDescending ? ["<", "DESC", "ASC"] : [">", "ASC", "DESC"];
	const hasOneKey = sort === "created" || value === "0";
	const key = hasOneKey ? "a.id" : `(${value}, a.id)`;
	const place = isBeyond ? `AND ${key} ${beyond} ${hasOneKey ? "@id" : "(@value, @id)"}` : "";
	const by = hasOneKey ? `a.id ${order}` : `${value} ${order}, a.id ${order}`;
	const part = (columns: string) =>
		`SELECT ${columns} FROM ${from} WHERE ${condition} ${place} ORDER BY ${by} LIMIT @left`;
	return {
		// The inner limit keeps the order and is what ends the walk; the rows come one by one, so whoever has enough stops it.
		rows: `SELECT ${LISTED_COLUMNS}, ${value} AS sortValue FROM (${part("a.*")}) a WHERE ${IN_SCOPE} AND ${LISTED_CONDITION}`,
		count: `SELECT count(*) FROM (${part("a.id")})`,
		last: `SELECT value, id FROM (${part(`${value} AS value, a.id`)}) ORDER BY value ${back}, id ${back} LIMIT 1`,
	};
}
