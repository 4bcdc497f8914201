import { writeMicros } from "#app/lib/micros.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireOwnRight } from "#app/modules/access/require-right.ts";
import { AccountStateError } from "#app/modules/accounts/account.errors.ts";
import { requireAccountBelow } from "#app/modules/accounts/require-account.server.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { balanceOf } from "#app/modules/ledger/balance-of.server.ts";
import type { Posted } from "#app/modules/ledger/transfer.ts";
import { inTx } from "#db/tx.ts";
import { NotEnoughError } from "./money.errors.ts";
import type { Move } from "./money.schema.ts";
import { moveOnce } from "./move-once.server.ts";

/**
 * Gives an account of the actor's scope money out of the own balance, straight, however far below it stands.
 *
 * @throws Response 403; AccountNotFoundError (also for the own account and those above), AccountStateError (closed), OpReusedError,
 * NotEnoughError, TooMuchError
 */
export async function topUpAccount(actor: Actor, accountId: number, move: Move): Promise<Posted> {
	requireOwnRight(actor, "money.create");
	const { formKey, amountMicros, note } = move;
	const own = actor.account.id;
	return inTx((tx) => {
		const account = requireAccountBelow(tx, actor, accountId);
		return moveOnce(
			tx,
			actor,
			{ formKey, kind: "top_up", accountId, note, input: { amountMicros, note } },
			() => {
				if (account.state === "closed") throw new AccountStateError("closed");
				const hasMicros = balanceOf(tx, own).spendableMicros;
				if (amountMicros > hasMicros) throw new NotEnoughError(hasMicros);
				return [
					{ accountId: own, book: "available", amountMicros: -amountMicros },
					{ accountId, book: "available", amountMicros },
				];
			},
			() => {
				const detail = { amount: writeMicros(amountMicros), remark: note };
				writeAudit(tx, actor, "money.top-up", `account:${accountId}`, detail, account.path);
			},
		);
	});
}
