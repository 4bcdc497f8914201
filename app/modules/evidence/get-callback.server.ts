import { type CauseKey, causeKeyOf } from "#app/channels/causes.ts";
import type { Receipt } from "#app/channels/channel.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { nameReceipts } from "#app/modules/delivery/name-receipts.server.ts";
import { receiptChanges } from "#app/modules/delivery/receipt-changes.server.ts";
import { campaignOfMessage } from "#app/modules/messages/campaign-of-message.server.ts";
import { type MessageState, messageStateOf } from "#app/modules/messages/message-state.ts";
import { providerSetup } from "#app/modules/providers/provider-setup.server.ts";
import { readBooks } from "#db/tx.ts";
import { readCallback } from "#jobs/wire/list-callbacks.ts";
import { CallbackNotFoundError } from "./evidence.errors.ts";
import { charactersToRead, maskAndCut, maskNumbers, maskRaw } from "./mask-raw.ts";
import { ownProviders } from "./own-providers.server.ts";
import { secretsOf } from "./provider-names.server.ts";

/** Characters of a callback that its page shows. */
export const BODY_SHOWN = 20_000;
/** Messages that a callback speaks of that are listed. */
const SAID_SHOWN = 100;

/** One thing that the callback says, as it is read now. */
export interface SaidOfMessage {
	messageId: number;
	attempt: number;
	/** Null: no campaign within the actor's reach has the message. */
	campaignId: number | null;
	state: MessageState;
	cause: CauseKey | null;
	saidAtUtc: number | null;
}

/**
 * A raw callback with what it says, as its adapter reads it now. Secrets and, for whoever may not see them, numbers are masked.
 *
 * @throws CallbackNotFoundError, Response 403
 */
export async function getCallback(actor: Actor, id: number) {
	const providers = ownProviders(actor);
	const known = Number.isSafeInteger(id) && id > 0;
	const row =
		known &&
		(await readCallback(
			providers.map((one) => one.id),
			id,
			charactersToRead(BODY_SHOWN),
		));
	if (!row) throw new CallbackNotFoundError(`no callback ${id}`);
	const secrets = secretsOf(row.providerId);
	const { body, ...facts } = row;
	const { text, isCut } = maskAndCut(actor, body, secrets, BODY_SHOWN);
	return {
		...facts,
		path: maskRaw(actor, facts.path),
		detail: facts.detail === null ? null : maskRaw(actor, facts.detail, secrets),
		provider: providers.find((one) => one.id === row.providerId)!,
		text,
		isCut,
		...(await readNow(actor, row.providerId, row.path, isCut ? null : body)),
	};
}

/** @param body null: too long to be read for a page. */
async function readNow(
	actor: Actor,
	providerId: number,
	path: string,
	body: string | null,
): Promise<{ said: SaidOfMessage[]; strangers: string[]; isReadable: boolean | null }> {
	if (body === null) return { said: [], strangers: [], isReadable: null };
	let receipts: Receipt[];
	try {
		const setup = providerSetup(providerId)!;
		receipts = setup.adapter.readReceipts(path, body, setup.settings);
	} catch {
		return { said: [], strangers: [], isReadable: false };
	}
	receipts = receipts.slice(0, SAID_SHOWN);
	await nameReceipts([{ providerId, receipts }]);
	const strangers: string[] = [];
	const changes = receiptChanges(receipts, (id) => strangers.push(maskNumbers(actor, id)));
	const said = readBooks((tx) =>
		changes.map(({ messageId, attempt, to, cause, providerAtUtc }) => ({
			messageId,
			attempt,
			campaignId: campaignOfMessage(tx, actor, messageId),
			state: messageStateOf(to),
			cause: cause === null ? null : causeKeyOf(cause),
			saidAtUtc: providerAtUtc,
		})),
	);
	return { said, strangers, isReadable: true };
}
