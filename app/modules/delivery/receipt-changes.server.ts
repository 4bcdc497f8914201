import { CAUSES } from "#app/channels/causes.ts";
import type { Receipt } from "#app/channels/channel.ts";
import type { Change } from "#app/modules/messages/apply-changes.server.ts";
import { parseExternalId } from "#app/modules/messages/external-id.ts";
import { MESSAGE_STATE } from "#app/modules/messages/message-state.ts";
import type { EvidenceRow } from "#jobs/wire/record-evidence.ts";
import { installationId } from "./installation-id.server.ts";

/** What receipts say of our messages; `onStranger` hears of ids that are not ours. */
export function receiptChanges(receipts: Receipt[], onStranger?: (id: string) => unknown): (Change & EvidenceRow)[] {
	const now = Date.now();
	const changes: (Change & EvidenceRow)[] = [];
	for (const receipt of receipts) {
		const id = receipt.externalId === null ? null : parseExternalId(installationId(), receipt.externalId);
		if (!id) {
			onStranger?.(receipt.externalId ?? receipt.providerMessageId ?? "");
			continue;
		}
		const isBad = receipt.state === "failed" || receipt.state === "expired" || receipt.state === "rejected";
		changes.push({
			messageId: id.messageId,
			attempt: id.attempt,
			to: MESSAGE_STATE[receipt.state],
			cause: isBad ? CAUSES[receipt.cause ?? "unspecified"] : null,
			// A provider's clock may run ahead; nothing has happened in the future.
			at: Math.floor(Math.min(receipt.atUtc ?? now, now) / 1000),
			providerAtUtc: receipt.atUtc ?? null,
		});
	}
	return changes;
}
