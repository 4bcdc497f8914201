import type { Actor } from "#app/modules/access/actor.ts";
import { CollectionNotFoundError } from "#app/modules/audiences/audience.errors.ts";
import type { Tx } from "#db/tx.ts";
import { mayUseSender } from "./allowed-senders.server.ts";
import { SenderNotAllowedError } from "./campaign.errors.ts";
import type { CampaignInput } from "./campaign.schema.ts";

/**
 * What only the books know of a campaign's input.
 *
 * @throws SenderNotAllowedError, CollectionNotFoundError.
 */
export function checkCampaignInput(tx: Tx, actor: Actor, input: CampaignInput): void {
	if (!mayUseSender(tx, actor, input.sender)) throw new SenderNotAllowedError(input.sender.name);
	const { fallback } = input;
	if (fallback && !mayUseSender(tx, actor, fallback.sender)) throw new SenderNotAllowedError(fallback.sender.name);
	const collection = tx
		.sql("SELECT 1 FROM collections WHERE id = ? AND account_id = ?")
		.get(input.collectionId, actor.account.id);
	if (!collection) throw new CollectionNotFoundError(`no collection ${input.collectionId}`);
}
