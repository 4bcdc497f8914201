import { writeMicros } from "#app/lib/micros.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireOwnRight } from "#app/modules/access/require-right.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { openBook } from "#app/modules/ledger/open-book.server.ts";
import { inTx, type Tx } from "#db/tx.ts";
import { OwnCapTooHighError } from "./limits.errors.ts";
import type { OwnLimits } from "./limits.schema.ts";
import { limitsOf } from "./limits-of.server.ts";

/**
 * Sets below what balance the own account's people, and its dealer's, are told, and what the account lets itself spend in a day. Both
 * guard against a stolen sign-in: so whoever manages the account's people sets them, not whoever sends.
 *
 * @throws Response 403; OwnCapTooHighError for more than those above allow
 */
export async function setOwnLimits(actor: Actor, { low: lowMicros, cap: capMicros }: OwnLimits): Promise<void> {
	requireOwnRight(actor, "money.read");
	requireOwnRight(actor, "employees.update");
	const accountId = actor.account.id;
	await inTx((tx) => {
		const now = limitsOf(tx, accountId);
		if (capMicros !== null && now.capMicros !== null && capMicros > now.capMicros)
			throw new OwnCapTooHighError(now.capMicros);
		const isOtherLow = setLow(tx, accountId, lowMicros);
		if (!isOtherLow && capMicros === now.ownCapMicros) return;
		tx.sql(
			`INSERT INTO account_limits (account_id, own_cap_micros) VALUES (@accountId, @capMicros)
			 ON CONFLICT (account_id) DO UPDATE SET own_cap_micros = @capMicros, version = version + 1`,
		).run({ accountId, capMicros });
		const inWords = (micros: number | null) => (micros === null ? "–" : writeMicros(micros));
		const detail = { low: inWords(lowMicros), cap: inWords(capMicros) };
		writeAudit(tx, actor, "limits.own", `account:${accountId}`, detail);
	});
}

/** Whether it is another one. A new threshold is a new fall: it is told of even where the balance is below it already. */
function setLow(tx: Tx, accountId: number, lowMicros: number | null): boolean {
	const { id } = openBook(tx, accountId, "available");
	const { changes } = tx
		.sql(
			"UPDATE ledger_books SET low_micros = @lowMicros, is_low = 0 WHERE id = @id AND account_id = @accountId AND low_micros IS NOT @lowMicros",
		)
		.run({ lowMicros, id, accountId });
	return changes > 0;
}
