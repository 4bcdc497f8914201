import type { Receipt } from "#app/channels/channel.ts";
import { isProviderMessageId } from "#app/channels/provider-message-id.ts";
import { externalIdOf } from "#app/modules/messages/external-id.ts";
import { findMessageIds, type OwnId, ownIdKey } from "#jobs/wire/find-message-ids.ts";
import { installationId } from "./installation-id.server.ts";

/**
 * Gives receipts that name only their provider's id of a message our id of it, in place, by one look into the wire for all of
 * them. Those whose id is not known (yet) keep null.
 */
export async function nameReceipts(told: readonly { providerId: number; receipts: Receipt[] }[]): Promise<void> {
	const nameless: { receipt: Receipt; spellings: OwnId[] }[] = [];
	for (const { providerId, receipts } of told) {
		for (const receipt of receipts) {
			if (receipt.externalId !== null) continue;
			const spellings = [receipt.providerMessageId ?? "", ...(receipt.otherSpellings ?? [])]
				.filter(isProviderMessageId)
				.map((providerMessageId) => ({ providerId, providerMessageId }));
			nameless.push({ receipt, spellings });
		}
	}
	const found = await findMessageIds(nameless.flatMap(({ spellings }) => spellings));
	for (const { receipt, spellings } of nameless) {
		const own = spellings.find((spelling) => found.has(ownIdKey(spelling)));
		const message = own && found.get(ownIdKey(own));
		if (message) receipt.externalId = externalIdOf(installationId(), message.messageId, message.attempt);
	}
}
