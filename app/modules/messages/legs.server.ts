import type { Tx } from "#db/tx.ts";

interface Of {
	accountId: number;
	campaignId: number;
}

/** The leg that stands for a campaign everywhere: itself, or what it is the second leg of. The states of both are one. */
export function firstLegOf(tx: Tx, of: Of): Of {
	const row = tx
		.sql<{ id: number | null }>("SELECT fallback_of AS id FROM campaigns WHERE id = ? AND account_id = ?")
		.get(of.campaignId, of.accountId);
	return { accountId: of.accountId, campaignId: row?.id ?? of.campaignId };
}

/** A campaign's second leg; undefined where it has none. */
export function secondLegOf(tx: Tx, of: Of): Of | undefined {
	const id = tx
		.sql<{ id: number }>("SELECT id FROM campaigns WHERE fallback_of = ? AND account_id = ?")
		.get(of.campaignId, of.accountId)?.id;
	return id === undefined ? undefined : { accountId: of.accountId, campaignId: id };
}
