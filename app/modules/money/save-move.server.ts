import { parseWithZod } from "@conform-to/zod/v4";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireOwnRight } from "#app/modules/access/require-right.ts";
import type { Posted } from "#app/modules/ledger/transfer.ts";
import { currency } from "#app/modules/platform/currency.server.ts";
import type { Kept } from "#app/modules/standby/in-tx-on-two.server.ts";
import { readBooks } from "#db/tx.ts";
import { deposit } from "./deposit.server.ts";
import { amountForm, creditForm, type Move, zeroForm } from "./money.schema.ts";
import type { MoveDeed } from "./move-deed.ts";
import { type FailedMove, moveTrouble } from "./move-trouble.ts";
import { setCreditLimit } from "./set-credit-limit.server.ts";
import { takeBack } from "./take-back.server.ts";
import { topUpAccount } from "./top-up-account.server.ts";
import { withdraw } from "./withdraw.server.ts";
import { zeroAccount } from "./zero-account.server.ts";

/** What was done: the transfer that the account's history shows; null for a credit limit. */
export interface DoneMove {
	transferId: number | null;
	/** Each node that could lead after this one's death has it. */
	isOnTwo: boolean;
}

/** Does what a form between the own account and one below it asks for, or says what is wrong with it. @throws Response 403, 404 */
export async function saveMove(
	actor: Actor,
	deed: MoveDeed,
	accountId: number,
	form: FormData,
): Promise<DoneMove | FailedMove> {
	requireOwnRight(actor, "money.create");
	if (deed === "top-up") return saveAmount(form, (move) => topUpAccount(actor, accountId, move));
	if (deed === "take-back") return saveAmount(form, (move) => takeBack(actor, accountId, move));
	if (deed === "zero") {
		const submission = parseWithZod(form, { schema: zeroForm });
		if (submission.status !== "success") return { lastResult: submission.reply(), status: 422 };
		return done(submission, () => zeroAccount(actor, accountId, submission.value));
	}
	const submission = parseWithZod(form, { schema: creditForm });
	if (submission.status !== "success") return { lastResult: submission.reply(), status: 422 };
	const { amount: limitMicros, note } = submission.value;
	return done(submission, () => setCreditLimit(actor, accountId, { limitMicros, note }));
}

/** The same of a form between the root and what is beyond the installation. @throws Response 403 */
export async function saveOutsideMove(
	actor: Actor,
	deed: "deposit" | "withdraw",
	form: FormData,
): Promise<DoneMove | FailedMove> {
	requireOwnRight(actor, "money.create");
	return saveAmount(form, (move) => (deed === "deposit" ? deposit(actor, move) : withdraw(actor, move)));
}

function saveAmount(
	form: FormData,
	move: (move: Move) => Promise<Posted & Kept>,
): Promise<DoneMove | FailedMove> | FailedMove {
	const submission = parseWithZod(form, { schema: amountForm });
	if (submission.status !== "success") return { lastResult: submission.reply(), status: 422 };
	const { amount: amountMicros, ...rest } = submission.value;
	return done(submission, () => move({ ...rest, amountMicros }));
}

async function done(
	submission: Parameters<typeof moveTrouble>[1],
	move: () => Promise<Kept & Partial<Posted>>,
): Promise<DoneMove | FailedMove> {
	try {
		const { transferId = null, isOnTwo } = await move();
		return { transferId, isOnTwo };
	} catch (error) {
		return moveTrouble(error, submission, readBooks(currency));
	}
}
