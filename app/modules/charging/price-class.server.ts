import type { ChannelName, ContentKind } from "#app/channels/channel.ts";
import type { Tx } from "#db/tx.ts";
import type { ChargedTiers } from "./charge-parts.ts";

/** A price class of a campaign, as charging needs it. */
export interface PriceClass extends ChargedTiers {
	campaignId: number;
	accountId: number;
	class: number;
	country: string;
	kind: ContentKind;
	channel: ChannelName;
	/** Of the second leg; null: there is none. */
	secondChannel: ChannelName | null;
	parts: number;
	secondParts: number;
	/** Messages in each state, and those that are still to come. */
	awaited: number;
	held: number;
	/** Transfers made for it so far. */
	transfers: number;
}

type Row = Omit<PriceClass, "tiers" | "secondTiers"> & { tiers: string; secondTiers: string | null };

export const CLASS_COLUMNS = `k.campaign_id AS campaignId, k.account_id AS accountId, k.class, k.country, k.kind, k.tiers, k.second_tiers AS secondTiers,
	k.parts, k.second_parts AS secondParts, k.awaited, k.held, k.transfers,
	(SELECT c.channel FROM campaigns c WHERE c.id = k.campaign_id AND c.account_id = k.account_id) AS channel,
	CASE WHEN k.second_tiers IS NOT NULL THEN (SELECT c.channel FROM campaigns c WHERE c.fallback_of = k.campaign_id AND c.account_id = k.account_id) END AS secondChannel,
	(SELECT id FROM accounts WHERE kind = 'admin' ORDER BY id LIMIT 1) AS rootId`;

export function classOf(row: unknown): PriceClass {
	const { tiers, secondTiers, ...rest } = row as Row;
	return { ...rest, tiers: JSON.parse(tiers), secondTiers: secondTiers === null ? null : JSON.parse(secondTiers) };
}

/** @param of the first leg. */
export function getPriceClass(tx: Tx, of: { accountId: number; campaignId: number }, number: number): PriceClass {
	const row = tx
		.sql(`SELECT ${CLASS_COLUMNS} FROM price_classes k WHERE k.campaign_id = ? AND k.class = ? AND k.account_id = ?`)
		.get(of.campaignId, number, of.accountId);
	if (!row) throw new RangeError(`campaign ${of.campaignId} has no price class ${number}`);
	return classOf(row);
}

/** All of a campaign; none where its messages cost nothing. @param of the first leg. */
export function listPriceClasses(tx: Tx, of: { accountId: number; campaignId: number }): PriceClass[] {
	return tx
		.sql(`SELECT ${CLASS_COLUMNS} FROM price_classes k WHERE k.campaign_id = ? AND k.account_id = ? ORDER BY k.class`)
		.all(of.campaignId, of.accountId)
		.map(classOf);
}
