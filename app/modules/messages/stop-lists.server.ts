import type { Tx } from "#db/tx.ts";

/** A stop list over a campaign that is not empty. */
export interface StopList {
	/** The account whose list it is. */
	listId: number;
	/** Of the entries that hold. */
	newestId: number;
	/** Up to which entry the campaign has looked. */
	seenId: number;
}

/** The stop lists that hold for a campaign. */
export interface StopLists {
	channel: string;
	sender: string;
	lists: StopList[];
}

/**
 * The lists of a campaign's account and of every account above it, where they stand today: an account that was moved is under those
 * whose branch it is in now. One statement of a few look-ups by key; no lists where all are empty.
 */
export function stopListsOf(tx: Tx, of: { accountId: number; campaignId: number }): StopLists {
	const rows = tx
		.sql<StopList & { channel: string; sender: string }>(
			`SELECT channel, sender, listId, newestId, seenId FROM (
			   SELECT c.channel, c.sender, p.value AS listId, coalesce(w.seen_id, 0) AS seenId,
			          (SELECT max(s.id) FROM stops s WHERE s.account_id = p.value AND s.lifted_at_utc IS NULL) AS newestId
			     FROM campaigns c JOIN accounts a ON a.id = c.account_id
			     JOIN json_each('[' || replace(trim(a.path, '/'), '/', ',') || ']') p
			     LEFT JOIN stop_watches w ON w.campaign_id = c.id AND w.list_id = p.value
			    WHERE c.id = ? AND c.account_id = ?)
			  WHERE newestId IS NOT NULL`,
		)
		.all(of.campaignId, of.accountId);
	return { channel: rows[0]?.channel ?? "", sender: rows[0]?.sender ?? "", lists: rows };
}
