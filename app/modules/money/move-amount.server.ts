import { writeMicros } from "#app/lib/micros.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import type { AuditVerb } from "#app/modules/audit/audit-verbs.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import type { Part, Posted, TransferKind } from "#app/modules/ledger/transfer.ts";
import type { Tx } from "#db/tx.ts";
import { NotEnoughError } from "./money.errors.ts";
import type { Move } from "./money.schema.ts";
import { moveOnce } from "./move-once.server.ts";

export interface AmountDeed {
	/** Whose money it is about, and in whose trail it stands; without a path in that of the actor's own account alone. */
	account: { id: number; path?: string };
	kind: TransferKind;
	verb: AuditVerb;
	/** What moves; throws to refuse. Only asked the first time. */
	decide: () => Part[];
}

/**
 * Moves an amount that somebody typed, once, and notes it in the audit.
 *
 * @throws OpReusedError, TooMuchError, whatever `decide` throws
 */
export function moveAmount(tx: Tx, actor: Actor, { formKey, amountMicros, note }: Move, deed: AmountDeed): Posted {
	const { account, kind, verb, decide } = deed;
	return moveOnce(
		tx,
		actor,
		{ formKey, kind, accountId: account.id, note, input: { amountMicros, note } },
		decide,
		() => {
			const detail = { amount: writeMicros(amountMicros), remark: note };
			writeAudit(tx, actor, verb, `account:${account.id}`, detail, account.path);
		},
	);
}

/**
 * An amount out of one book into another, where there is so much.
 *
 * @param hasMicros what `from` can give.
 * @throws NotEnoughError
 */
export function pay(
	amountMicros: number,
	from: Omit<Part, "amountMicros">,
	to: Omit<Part, "amountMicros">,
	hasMicros: number,
): Part[] {
	if (amountMicros > hasMicros) throw new NotEnoughError(hasMicros);
	return [
		{ ...from, amountMicros: -amountMicros },
		{ ...to, amountMicros },
	];
}
