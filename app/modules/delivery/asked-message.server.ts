import type { AskedMessage } from "#app/channels/channel.ts";
import { externalIdOf } from "#app/modules/messages/external-id.ts";
import type { KnownBatch } from "#jobs/wire/read-batch.ts";
import { installationId } from "./installation-id.server.ts";

/** A message of a batch as its provider is asked about it. `batch` is null where the wire has forgotten it: then by our id alone. */
export function askedMessage(
	batch: KnownBatch | null,
	message: { id: number; attempt: number },
	sentAtUtc: number,
): AskedMessage {
	return {
		externalId: externalIdOf(installationId(), message.id, message.attempt),
		providerMessageId: batch && providerMessageIdOf(batch, message.id),
		to: batch?.recipients[message.id - batch.firstMessageId] ?? "",
		sentAtUtc: batch?.sentAtUtc ?? sentAtUtc,
	};
}

/** What the provider called it in its answer; null where it gave no id. */
export function providerMessageIdOf(batch: KnownBatch, messageId: number): string | null {
	for (const { firstMessageId, providerMessageIds } of batch.outcomes) {
		const id = providerMessageIds?.[messageId - firstMessageId];
		if (id) return id;
	}
	return null;
}
