import { setTimeout as pause } from "node:timers/promises";
import { releaseAwaited } from "#app/modules/charging/release-awaited.server.ts";
import { rowsAtOnce } from "#db/rows-at-once.ts";
import { inTx, type Tx } from "#db/tx.ts";
import { putOutbox } from "#jobs/outbox.ts";
import { awaitReceipts } from "./await-receipts.server.ts";
import { CounterDeltas } from "./counter-deltas.server.ts";
import { haltIfBlocked } from "./halt-if-blocked.server.ts";
import { holdSlice } from "./hold-slice.server.ts";
import { secondLegOf } from "./legs.server.ts";
import { MESSAGE_STATE } from "./message-state.ts";
import { planLooks } from "./plan-looks.server.ts";
import { rejectStopped } from "./reject-stopped.server.ts";
import { watchStops } from "./watch-stops.server.ts";

/** Rows a transaction on a plain file: with the pause between them another process's write waits under 5 ms at p99. */
export const FREEZE_ROWS = 1_000;
const PAUSE_MS = 2;

interface Of {
	accountId: number;
	campaignId: number;
}

type Step = "more" | "done" | "stopped";

/**
 * Freezes a preparing campaign's audience into message rows, in slices, until all are there or the campaign is no longer
 * preparing, or its account is blocked; then the campaign is sending. Goes on where it was when it is run again: the newest row says how far it came.
 */
export async function freezeAudience(of: Of, signal?: AbortSignal): Promise<void> {
	for (;;) {
		const step = await inTx((tx) => freezeSlice(tx, of));
		if (step !== "more" || signal?.aborted) return;
		await pause(PAUSE_MS);
	}
}

function freezeSlice(tx: Tx, of: Of): Step {
	const campaign = tx
		.sql<{ collection_id: number; first_message_id: number | null; message_count: number; valid_count: number }>(
			`SELECT c.collection_id, c.first_message_id, c.message_count, l.valid_count
			 FROM campaigns c JOIN collections l ON l.id = c.collection_id AND l.account_id = c.account_id
			 WHERE c.id = ? AND c.account_id = ? AND c.fallback_of IS NULL AND c.state = 'preparing' AND l.state = 'ready'`,
		)
		.get(of.campaignId, of.accountId);
	if (!campaign || haltIfBlocked(tx, of)) return "stopped";
	const first = campaign.first_message_id ?? reserveRange(tx, of, campaign.valid_count);
	const next = first + campaign.message_count;
	const newest = campaign.message_count
		? tx.sql<{ recipient: string }>("SELECT recipient FROM messages WHERE id = ?").get(next - 1)!.recipient
		: "";
	// The room reserved is the bound: contacts that joined the collection meanwhile are not in this audience.
	const atOnce = rowsAtOnce(FREEZE_ROWS);
	const room = Math.min(atOnce, campaign.valid_count - campaign.message_count);
	const { changes: count } = tx
		.sql(
			`INSERT INTO messages (id, campaign_id, contact_id, recipient)
			 SELECT @next - 1 + row_number() OVER (ORDER BY phone), @campaign, id, phone
			 FROM (SELECT id, phone FROM contacts WHERE collection_id = @collection AND account_id = @account AND phone > @newest ORDER BY phone LIMIT @room)`,
		)
		.run({ next, campaign: of.campaignId, collection: campaign.collection_id, account: of.accountId, newest, room });
	if (count > 0) {
		tx.sql(
			"INSERT INTO message_states (id, state, attempt) SELECT id, 0, 1 FROM messages WHERE id BETWEEN ? AND ?",
		).run(next, next + count - 1);
		const deltas = new CounterDeltas(tx);
		deltas.move(of, { state: null, cause: null }, { state: MESSAGE_STATE.queued, cause: null }, count);
		if (campaign.message_count === 0) watchStops(tx, of);
		rejectStopped(tx, of, next, next + count - 1, deltas);
		holdSlice(tx, of, next, next + count - 1, deltas);
		deltas.write();
		tx.sql("UPDATE campaigns SET message_count = message_count + ? WHERE id = ? AND account_id = ?").run(
			count,
			of.campaignId,
			of.accountId,
		);
	}
	if (count === atOnce) return "more";
	finishFreezing(tx, of, campaign.message_count + count);
	return "done";
}

/** Of the campaign, and of its second leg behind it: all of its people may come to need that. */
function reserveRange(tx: Tx, of: Of, people: number): number {
	const second = secondLegOf(tx, of);
	const count = second ? people * 2 : people;
	const first = tx
		.sql<{ first: number }>(
			`INSERT INTO id_ranges (name, next_id) VALUES ('messages', 1 + @count)
			 ON CONFLICT (name) DO UPDATE SET next_id = next_id + @count RETURNING next_id - @count AS first`,
		)
		.get({ count })!.first;
	if (second)
		tx.sql("UPDATE campaigns SET first_message_id = ? WHERE id = ? AND account_id = ?").run(
			first + people,
			second.campaignId,
			of.accountId,
		);
	tx.sql("UPDATE campaigns SET first_message_id = ? WHERE id = ? AND account_id = ?").run(
		first,
		of.campaignId,
		of.accountId,
	);
	return first;
}

function finishFreezing(tx: Tx, of: Of, total: number): void {
	releaseAwaited(tx, of);
	if (total === 0) {
		tx.sql(
			"UPDATE campaigns SET state = 'failed', cause = 'empty_audience', finished_at_utc = ?, version = version + 1 WHERE id = ? AND account_id = ?",
		).run(Date.now(), of.campaignId, of.accountId);
		return;
	}
	tx.sql("UPDATE campaigns SET state = 'sending', version = version + 1 WHERE id = ? AND account_id = ?").run(
		of.campaignId,
		of.accountId,
	);
	planLooks(tx, of);
	awaitReceipts(tx, of);
	putOutbox(tx, { accountId: of.accountId, task: "send-campaign", payload: of });
}
