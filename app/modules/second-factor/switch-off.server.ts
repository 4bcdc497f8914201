import type { Actor } from "#app/modules/access/actor.ts";
import { branchStanding } from "#app/modules/access/branch-standing.server.ts";
import { confirmPassword } from "#app/modules/access/confirm-password.server.ts";
import { requireSelf } from "#app/modules/access/require-right.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { putNotice } from "#app/modules/notices/put-notice.server.ts";
import { inTx, readBooks, type Tx } from "#db/tx.ts";
import { confirmCode } from "./confirm-code.server.ts";
import { forgetSecondFactor } from "./forget-second-factor.server.ts";
import { SecondFactorDemandedError } from "./second-factor.errors.ts";

/**
 * Takes the actor's own second factor away, with its recovery codes.
 *
 * @throws Response 403 inside another's cabinet; SecondFactorDemandedError, TooManyTriesError, WrongCredentialsError,
 * WrongCodeError (also without a second factor)
 */
export async function switchOff(
	actor: Actor,
	shown: { password: string; code: string },
	address: string,
): Promise<void> {
	requireSelf(actor);
	readBooks((tx) => requireNoDemand(tx, actor));
	await confirmPassword(actor, shown.password, address);
	await confirmCode(actor, shown.code, address);
	await inTx((tx) => {
		requireNoDemand(tx, actor);
		const owner = { userId: actor.userId, accountId: actor.account.id };
		forgetSecondFactor(tx, owner);
		putNotice(tx, owner, "second-factor.changed", { isOn: false, by: "self" });
		writeAudit(tx, actor, "second-factor.off", `user:${actor.userId}`);
	});
}

function requireNoDemand(tx: Tx, actor: Actor): void {
	if (branchStanding(tx, actor.account.path).demandsSecondFactor) throw new SecondFactorDemandedError();
}
