import { writeMicros } from "#app/lib/micros.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireKind, requireOwnRight } from "#app/modules/access/require-right.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import type { Posted } from "#app/modules/ledger/transfer.ts";
import { inTx } from "#db/tx.ts";
import type { Move } from "./money.schema.ts";
import { moveOnce } from "./move-once.server.ts";

/**
 * Puts money from beyond the installation into the root's balance: the only way by which any comes into it.
 *
 * @throws Response 403; OpReusedError, TooMuchError
 */
export async function deposit(actor: Actor, { formKey, amountMicros, note }: Move): Promise<Posted> {
	requireKind(actor, "admin");
	requireOwnRight(actor, "money.create");
	const { id: accountId } = actor.account;
	return inTx((tx) =>
		moveOnce(
			tx,
			actor,
			{ formKey, kind: "deposit", accountId, note, input: { amountMicros, note } },
			() => [
				{ accountId, book: "outside", amountMicros: -amountMicros },
				{ accountId, book: "available", amountMicros },
			],
			() =>
				writeAudit(tx, actor, "money.deposit", `account:${accountId}`, {
					amount: writeMicros(amountMicros),
					remark: note,
				}),
		),
	);
}
