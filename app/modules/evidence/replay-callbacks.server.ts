import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { inTx } from "#db/tx.ts";
import { putOutbox } from "#jobs/outbox.ts";
import { readCallback } from "#jobs/wire/list-callbacks.ts";
import { CallbackNotFoundError } from "./evidence.errors.ts";
import type { InboxFilter } from "./inbox-filter.ts";
import { inboxSpan } from "./inbox-span.ts";
import { ownProviders } from "./own-providers.server.ts";

/**
 * Has one callback read once more, by a job. What it has said before changes nothing.
 *
 * @throws CallbackNotFoundError, Response 403
 */
export async function replayCallback(actor: Actor, receiptId: number): Promise<void> {
	requireRight(actor, "providers.update");
	const providerIds = ownProviders(actor).map(({ id }) => id);
	const isKnown = Number.isSafeInteger(receiptId) && receiptId > 0;
	if (!isKnown || !(await readCallback(providerIds, receiptId, 0)))
		throw new CallbackNotFoundError(`no callback ${receiptId}`);
	await inTx((tx) => {
		const payload = { receiptId, providerIds };
		putOutbox(tx, { accountId: actor.account.id, task: "replay-receipts", payload });
		writeAudit(tx, actor, "callback.replay", `callback:${receiptId}`);
	});
}

/**
 * The same for all of a filter's span and provider that came to nothing.
 *
 * @param kind which of them: those that could not be read, or those that were about nothing of ours.
 */
export async function replayAll(actor: Actor, filter: InboxFilter, kind: "unreadable" | "unmatched"): Promise<void> {
	requireRight(actor, "providers.update");
	const providerIds = ownProviders(actor)
		.map(({ id }) => id)
		.filter((id) => filter.provider === null || id === filter.provider);
	const { fromUtc, untilUtc } = inboxSpan(actor, filter);
	await inTx((tx) => {
		const span = { ...(fromUtc !== null && { fromUtc }), ...(untilUtc !== null && { untilUtc }) };
		putOutbox(tx, { accountId: actor.account.id, task: "replay-receipts", payload: { kind, providerIds, ...span } });
		const detail = {
			standing: kind,
			...(fromUtc !== null && { since: filter.from }),
			...(untilUtc !== null && { until: filter.to }),
		};
		writeAudit(tx, actor, "callback.replay-all", `account:${actor.account.id}`, detail);
	});
}
