import { seal } from "#app/lib/secrets.server.ts";
import { endSessions } from "#app/modules/access/end-sessions.server.ts";
import type { SignedIn } from "#app/modules/access/signed-in-by.server.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { putNotice } from "#app/modules/notices/put-notice.server.ts";
import { inTx } from "#db/tx.ts";
import { readSetUp } from "./begin-set-up.server.ts";
import { renewRecoveryCodes } from "./recovery-codes.server.ts";
import { StaleSetUpError, WrongCodeError } from "./second-factor.errors.ts";
import { readTotpCode, totpContext } from "./take-code.server.ts";
import { totpStep } from "./totp.server.ts";

/**
 * Makes a set-up the person's second factor once a code shows that the phone has the secret. Sessions on other devices, opened
 * without it, end.
 *
 * @returns the recovery codes; they cannot be had again.
 * @throws Response 403 inside another's cabinet; StaleSetUpError, WrongCodeError
 */
export async function confirmSetUp(
	{ actor, tokenHash }: Pick<SignedIn, "actor" | "tokenHash">,
	form: { setUp: string; code: string },
): Promise<string[]> {
	const setUp = readSetUp(actor, form.setUp);
	const step = totpStep(setUp.secret, readTotpCode(form.code) ?? "", null);
	if (step === undefined) throw new WrongCodeError();
	const { userId } = actor;
	const accountId = actor.account.id;
	return inTx((tx) => {
		// The code that it was confirmed with does not sign in, too. `IS`: of two set-ups side by side one wins.
		const { changes } = tx
			.sql("UPDATE users SET sealed_totp = ?, totp_step = ? WHERE id = ? AND account_id = ? AND sealed_totp IS ?")
			.run(seal(setUp.secret, totpContext(userId)), step, userId, accountId, setUp.was);
		if (changes === 0) throw new StaleSetUpError();
		endSessions(tx, { userId, accountId }, { except: tokenHash });
		writeAudit(tx, actor, setUp.was ? "second-factor.replace" : "second-factor.on", `user:${userId}`);
		putNotice(tx, { userId, accountId }, "second-factor.changed", { isOn: true, by: "self" });
		return renewRecoveryCodes(tx, { userId, accountId });
	});
}
