import { writeMicros } from "#app/lib/micros.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireOwnRight } from "#app/modules/access/require-right.ts";
import { requireAccountBelow } from "#app/modules/accounts/require-account.server.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { balanceOf } from "#app/modules/ledger/balance-of.server.ts";
import type { Posted } from "#app/modules/ledger/transfer.ts";
import { inTxOnTwo, type Kept } from "#app/modules/standby/in-tx-on-two.server.ts";
import { NothingToZeroError } from "./money.errors.ts";
import type { Move } from "./money.schema.ts";
import { moveOnce } from "./move-once.server.ts";

/**
 * All that an account has above zero goes back to the account directly above it, whoever asks for it. Of a closed one as well: what
 * comes back to it after its end is not lost.
 *
 * @throws Response 403; AccountNotFoundError (also for the own account and those above), OpReusedError, NothingToZeroError, TooMuchError
 */
export async function zeroAccount(
	actor: Actor,
	accountId: number,
	{ formKey, note }: Omit<Move, "amountMicros">,
): Promise<Posted & Kept> {
	requireOwnRight(actor, "money.create");
	return inTxOnTwo((tx) => {
		const { path, parentId } = requireAccountBelow(tx, actor, accountId);
		const amountMicros = balanceOf(tx, accountId).availableMicros;
		return moveOnce(
			tx,
			actor,
			{ formKey, kind: "zeroing", accountId, note, input: { note } },
			() => {
				if (amountMicros <= 0) throw new NothingToZeroError();
				return [
					{ accountId, book: "available", amountMicros: -amountMicros },
					{ accountId: parentId!, book: "available", amountMicros },
				];
			},
			() => {
				const detail = { amount: writeMicros(amountMicros), remark: note };
				writeAudit(tx, actor, "money.zero", `account:${accountId}`, detail, path);
			},
		);
	});
}
