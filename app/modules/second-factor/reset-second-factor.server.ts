import type { Actor } from "#app/modules/access/actor.ts";
import { requireAsMuch } from "#app/modules/access/as-much.server.ts";
import { endSessions } from "#app/modules/access/end-sessions.server.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { putNotice } from "#app/modules/notices/put-notice.server.ts";
import { inTx } from "#db/tx.ts";
import { forgetSecondFactor } from "./forget-second-factor.server.ts";
import { requireDemandable } from "./require-demandable.server.ts";
import { NoSecondFactorError } from "./second-factor.errors.ts";

/**
 * Takes the second factor away from somebody who has lost the phone and the codes: a person of an account below, or another
 * person of the own account. The person is signed out everywhere and needs the password as before.
 *
 * @throws Response 403, also inside another's cabinet and where the account may do what the actor may not; AccountNotFoundError, NoSecondFactorError (also for oneself: whoever is
 * signed in switches it off with a code)
 */
export async function resetSecondFactor(
	actor: Actor,
	accountId: number,
	{ login, reason }: { login: string; reason: string },
): Promise<void> {
	await inTx((tx) => {
		const account = requireDemandable(tx, actor, accountId);
		requireAsMuch(tx, actor, account.path);
		const person = tx
			.sql<{ userId: number }>("SELECT id AS userId FROM users WHERE login = ? AND account_id = ?")
			.get(login, accountId);
		if (!person || person.userId === actor.userId) throw new NoSecondFactorError();
		const owner = { userId: person.userId, accountId };
		if (!forgetSecondFactor(tx, owner)) throw new NoSecondFactorError();
		endSessions(tx, owner);
		const by = accountId === actor.account.id ? "account" : "above";
		putNotice(tx, owner, "second-factor.changed", { isOn: false, by });
		writeAudit(tx, actor, "second-factor.reset", `user:${person.userId}`, { login, reason }, account.path);
	});
}
