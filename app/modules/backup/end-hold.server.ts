import { insertAudit } from "#app/modules/audit/write-audit.server.ts";
import { inTx } from "#db/tx.ts";
import { HOLD_KEY, type WireWord } from "./hold.ts";

/** The copy is the original from here on. Whoever asked for it is in the audit already. */
export async function endHold(detail: { wire: WireWord; paused: number }): Promise<void> {
	await inTx((tx) => {
		if (tx.sql("DELETE FROM settings WHERE key = ?").run(HOLD_KEY).changes === 0) return;
		const root = tx
			.sql<{ accountId: number; path: string }>(
				"SELECT id AS accountId, path FROM accounts WHERE kind = 'admin' ORDER BY id LIMIT 1",
			)
			.get();
		if (root) insertAudit(tx, { ...root, userId: null, verb: "copy.release", subject: "installation", detail });
	});
}
