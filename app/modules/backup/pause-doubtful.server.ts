import { env } from "#app/lib/env.ts";
import { insertAudit } from "#app/modules/audit/write-audit.server.ts";
import { CLAIM_COLUMNS, type ClaimRow } from "#app/modules/delivery/recover-claims.server.ts";
import { RESULT } from "#app/modules/messages/result.ts";
import { settleBatch } from "#app/modules/messages/settle-batch.server.ts";
import { putCampaignHalted } from "#app/modules/notices/put-campaign-notice.server.ts";
import { inTx, readBooks, type Tx } from "#db/tx.ts";
import type { WireWord } from "./hold.ts";
import { readHold, writeHold } from "./read-hold.server.ts";

/** The key of what is said of a campaign that a restoring has paused (locales, causes). */
export const RESTORED = "restored";
const CAMPAIGNS_A_TX = 200;
/** More messages than any original has made since its last backup. */
const IDS_PASSED = 1_000_000_000;

interface Of {
	accountId: number;
	campaignId: number;
	state: string;
	path: string;
}

/**
 * Leaves to people what the copy cannot know: with the wire lost, each campaign that was under way, because the original may have written to its
 * people since; in any case those whose moment has passed meanwhile. May be run again, after a death amid it.
 *
 * @returns how many it paused.
 * @throws NotHeldError where the wire is lost and the books are released already
 */
export async function pauseDoubtful(wire: WireWord): Promise<number> {
	if (wire === "lost") {
		await doubtClaims();
		await inTx((tx) => {
			if (readHold(tx)?.areIdsPassed) return;
			writeHold(tx, { areIdsPassed: true });
			passIds(tx);
			partSecondWays(tx);
			doubtPaused(tx);
			// What others wrote beyond these books is noted in another wire than the one at hand, whose epochs have the same numbers.
			tx.sql("DELETE FROM settings WHERE key = 'books_line'").run();
		});
	}
	for (let paused = 0; ; ) {
		const some = await inTx((tx) => pauseSome(tx, wire));
		if (some === 0) return paused;
		paused += some;
	}
}

/** Calls were about to be made, or under way: nobody knows which of them were. They are asked about, never made again blindly. */
async function doubtClaims(): Promise<void> {
	const claims = readBooks((tx) =>
		tx.sql<ClaimRow>(`SELECT ${CLAIM_COLUMNS} FROM claims WHERE owner IS NOT NULL ORDER BY batch_id`).all(),
	);
	for (const claim of claims)
		await inTx((tx) =>
			settleBatch(tx, {
				...claim,
				attempt: 0,
				results: new Uint8Array(claim.messageCount).fill(RESULT.unknown),
				causes: new Uint8Array(claim.messageCount),
				owner: null,
				askAtUtc: Date.now() + env().ASK_AFTER_MS,
				asked: 0,
			}),
		);
}

/** The original has given ids to people whom these books do not know; a late receipt of theirs must find nobody, and a provider no old friend. */
function passIds(tx: Tx): void {
	tx.sql(
		`INSERT INTO id_ranges (name, next_id) VALUES ('messages', 1 + @passed)
		 ON CONFLICT (name) DO UPDATE SET next_id = next_id + @passed`,
	).run({ passed: IDS_PASSED });
}

function pauseSome(tx: Tx, wire: WireWord): number {
	const states = wire === "lost" ? "'scheduled', 'preparing', 'sending'" : "'scheduled'";
	const rows = tx
		.sql<Of>(
			`SELECT c.id AS campaignId, c.account_id AS accountId, c.state, a.path FROM campaigns c JOIN accounts a ON a.id = c.account_id
			  WHERE c.fallback_of IS NULL AND c.state IN (${states}) AND (@isLost OR coalesce(c.start_at_utc, 0) <= @now)
			  ORDER BY c.id LIMIT ${CAMPAIGNS_A_TX}`,
		)
		.all({ isLost: wire === "lost" ? 1 : 0, now: Date.now() });
	for (const of of rows) pause(tx, of);
	return rows.length;
}

function pause(tx: Tx, { accountId, campaignId, state, path }: Of): void {
	tx.sql(
		"UPDATE campaigns SET state = 'paused', paused_from = ?, cause = ?, version = version + 1 WHERE id = ? AND account_id = ?",
	).run(state, RESTORED, campaignId, accountId);
	const detail = { cause: RESTORED };
	insertAudit(tx, { accountId, path, userId: null, verb: "campaign.halt", subject: `campaign:${campaignId}`, detail });
	putCampaignHalted(tx, campaignId, RESTORED);
}

/** Those that people had paused: the original may have resumed them since. They say so, and stay as they are. */
function doubtPaused(tx: Tx): void {
	tx.sql(
		"UPDATE campaigns SET cause = ?, version = version + 1 WHERE state = 'paused' AND fallback_of IS NULL AND cause IS NOT ?",
	).run(RESTORED, RESTORED);
}

/**
 * Ids of a second leg are given out as people become due, and the original has gone on giving them: a provider would take the second person for the
 * first. A leg that nobody has an id of yet moves to ids of its own; of another, nobody is given one any more.
 */
function partSecondWays(tx: Tx): void {
	const legs = tx
		.sql<{ accountId: number; firstId: number; secondId: number; people: number; filled: number }>(
			`SELECT c.account_id AS accountId, c.id AS firstId, s.id AS secondId, s.first_message_id - c.first_message_id AS people,
			        s.message_count AS filled
			   FROM campaigns c JOIN campaigns s ON s.fallback_of = c.id
			  WHERE c.state IN ('preparing', 'sending', 'paused') AND s.first_message_id > 0`,
		)
		.all();
	for (const { accountId, firstId, secondId, people, filled } of legs) {
		if (filled > 0) {
			tx.sql("UPDATE fallbacks SET after_seconds = NULL, reasons = '[]' WHERE campaign_id = ? AND account_id = ?").run(
				firstId,
				accountId,
			);
			continue;
		}
		const first = tx
			.sql("UPDATE id_ranges SET next_id = next_id + @people WHERE name = 'messages' RETURNING next_id - @people")
			.pluck()
			.get({ people });
		tx.sql("UPDATE campaigns SET first_message_id = ? WHERE id = ? AND account_id = ?").run(first, secondId, accountId);
	}
}
