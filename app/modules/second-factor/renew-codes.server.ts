import type { Actor } from "#app/modules/access/actor.ts";
import { confirmPassword } from "#app/modules/access/confirm-password.server.ts";
import { requireSelf } from "#app/modules/access/require-right.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { inTx } from "#db/tx.ts";
import { confirmCode } from "./confirm-code.server.ts";
import { renewRecoveryCodes } from "./recovery-codes.server.ts";

/**
 * Gives the actor new recovery codes; the old ones serve no more.
 *
 * @returns the codes; they cannot be had again.
 * @throws Response 403 inside another's cabinet; TooManyTriesError, WrongCredentialsError, WrongCodeError (also without a
 * second factor)
 */
export async function renewCodes(
	actor: Actor,
	shown: { password: string; code: string },
	address: string,
): Promise<string[]> {
	requireSelf(actor);
	await confirmPassword(actor, shown.password, address);
	await confirmCode(actor, shown.code, address);
	return inTx((tx) => {
		writeAudit(tx, actor, "second-factor.codes", `user:${actor.userId}`);
		return renewRecoveryCodes(tx, { userId: actor.userId, accountId: actor.account.id });
	});
}
