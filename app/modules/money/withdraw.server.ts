import { writeMicros } from "#app/lib/micros.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireKind, requireOwnRight } from "#app/modules/access/require-right.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { balanceOf } from "#app/modules/ledger/balance-of.server.ts";
import type { Posted } from "#app/modules/ledger/transfer.ts";
import { isInDoubt } from "#app/modules/proof/list-proofs.server.ts";
import { inTx } from "#db/tx.ts";
import { BooksInDoubtError, NotEnoughError } from "./money.errors.ts";
import type { Move } from "./money.schema.ts";
import { moveOnce } from "./move-once.server.ts";

/**
 * Takes money out of the root's balance, to beyond the installation; never what is only credit.
 *
 * @throws Response 403; OpReusedError, NotEnoughError, BooksInDoubtError
 */
export async function withdraw(actor: Actor, { formKey, amountMicros, note }: Move): Promise<Posted> {
	requireKind(actor, "admin");
	requireOwnRight(actor, "money.create");
	const { id: accountId } = actor.account;
	return inTx((tx) =>
		moveOnce(
			tx,
			actor,
			{ formKey, kind: "withdrawal", accountId, note, input: { amountMicros, note } },
			() => {
				if (isInDoubt(tx)) throw new BooksInDoubtError();
				const hasMicros = Math.max(0, balanceOf(tx, accountId).availableMicros);
				if (amountMicros > hasMicros) throw new NotEnoughError(hasMicros);
				return [
					{ accountId, book: "available", amountMicros: -amountMicros },
					{ accountId, book: "outside", amountMicros },
				];
			},
			() =>
				writeAudit(tx, actor, "money.withdraw", `account:${accountId}`, {
					amount: writeMicros(amountMicros),
					remark: note,
				}),
		),
	);
}
