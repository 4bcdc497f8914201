import { writeMicros } from "#app/lib/micros.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireOwnRight } from "#app/modules/access/require-right.ts";
import { branchRange } from "#app/modules/access/scope.ts";
import { AccountStateError } from "#app/modules/accounts/account.errors.ts";
import { requireAccountBelow } from "#app/modules/accounts/require-account.server.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { balanceOf } from "#app/modules/ledger/balance-of.server.ts";
import { openBook } from "#app/modules/ledger/open-book.server.ts";
import { inTxOnTwo, type Kept } from "#app/modules/standby/in-tx-on-two.server.ts";
import type { Tx } from "#db/tx.ts";
import { CreditBelowDebtError, CreditNotCoveredError } from "./money.errors.ts";

/**
 * Sets how far below zero an account of the actor's scope may go. Who spends on credit pays those above with money that nobody has put
 * in: the root gives as much of it as it likes, a dealer lets its whole branch owe at most what it could spend itself.
 *
 * @param limitMicros at or above zero.
 * @throws Response 403; AccountNotFoundError (also for the own account and those above), AccountStateError (closed),
 * CreditBelowDebtError, CreditNotCoveredError
 */
export async function setCreditLimit(
	actor: Actor,
	accountId: number,
	{ limitMicros, note }: { limitMicros: number; note: string },
): Promise<Kept> {
	requireOwnRight(actor, "money.create");
	return inTxOnTwo((tx) => {
		const account = requireAccountBelow(tx, actor, accountId);
		if (account.state === "closed") throw new AccountStateError("closed");
		const { id: bookId, balanceMicros, creditMicros } = openBook(tx, accountId, "available");
		if (limitMicros === creditMicros) return {};
		if (balanceMicros < -limitMicros) throw new CreditBelowDebtError(-balanceMicros);
		if (limitMicros > creditMicros) requireCovered(tx, actor, creditMicros, limitMicros);
		tx.sql("UPDATE ledger_books SET credit_micros = ? WHERE id = ? AND account_id = ?").run(
			limitMicros,
			bookId,
			accountId,
		);
		const detail = { amount: writeMicros(limitMicros), before: writeMicros(creditMicros), remark: note };
		writeAudit(tx, actor, "money.credit", `account:${accountId}`, detail, account.path);
		return {};
	});
}

function requireCovered(tx: Tx, actor: Actor, beforeMicros: number, limitMicros: number): void {
	if (actor.account.kind === "admin") return;
	const [from, to] = branchRange(actor.account.path);
	const given = tx
		.sql<{ micros: number }>(
			// The few accounts that have any credit, by the index of those.
			`SELECT coalesce(sum(b.credit_micros), 0) AS micros FROM ledger_books b INDEXED BY ledger_books_credit
			   JOIN accounts a ON a.id = b.account_id
			  WHERE b.credit_micros > 0 AND a.path > ? AND a.path < ?`,
		)
		.get(from, to)!.micros;
	const mostMicros = Math.max(0, balanceOf(tx, actor.account.id).spendableMicros - (given - beforeMicros));
	if (limitMicros > mostMicros) throw new CreditNotCoveredError(mostMicros);
}
