import type { Receipt } from "#app/channels/channel.ts";
import { isProviderMessageId } from "#app/channels/provider-message-id.ts";
import { bindEvents, eventKey, type SignedEvent } from "#jobs/wire/bind-events.ts";

/**
 * Takes out, in place, what bears a signature that was made for another message: where only a callback's own id is signed, whoever
 * has seen one could say anything with it.
 *
 * @returns what was taken out, by the place in `told`.
 */
export async function dropForged(
	told: readonly { providerId: number; receipts: Receipt[] }[],
): Promise<Map<number, Receipt[]>> {
	const events = told.flatMap(({ providerId, receipts }) =>
		receipts.flatMap((receipt) => eventOf(providerId, receipt) ?? []),
	);
	const bound = await bindEvents(events);
	const forged = new Map<number, Receipt[]>();
	if (events.length === 0) return forged;
	for (const [at, { providerId, receipts }] of told.entries()) {
		const isForged = (receipt: Receipt): boolean => {
			const event = eventOf(providerId, receipt);
			return event !== undefined && bound.get(eventKey(event)) !== event.providerMessageId;
		};
		const out = receipts.filter(isForged);
		if (out.length === 0) continue;
		forged.set(at, out);
		receipts.splice(0, receipts.length, ...receipts.filter((receipt) => !isForged(receipt)));
	}
	return forged;
}

function eventOf(providerId: number, { signedId = "", providerMessageId = "" }: Receipt): SignedEvent | undefined {
	if (!isProviderMessageId(signedId) || !isProviderMessageId(providerMessageId)) return undefined;
	return { providerId, eventId: signedId, providerMessageId };
}
