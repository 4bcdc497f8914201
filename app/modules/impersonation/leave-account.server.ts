import { firstPageOf } from "#app/modules/access/cabinet.ts";
import { endImpersonations } from "#app/modules/access/end-impersonations.server.ts";
import { isInScope } from "#app/modules/access/scope.ts";
import { type SignedIn, signedInWith } from "#app/modules/access/signed-in-by.server.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { inTx } from "#db/tx.ts";

/**
 * Goes one level out of the cabinet that the page with the button was in; does nothing where that has been left already (in
 * another tab). Also what confirms that a cabinet's time is over.
 *
 * @returns where to go: the page of the account that was left, in the cabinet around it.
 */
export async function leaveAccount(seen: SignedIn, impersonationId: number): Promise<string> {
	const { tokenHash, user } = seen;
	return inTx((tx) => {
		const before = signedInWith(tx, tokenHash);
		if (!before) return "/";
		const ended = endImpersonations(tx, user.userId, before.enteredId, impersonationId);
		const left = ended.at(-1);
		if (!left) return firstPageOf(before.actor);
		// The outermost stays noted: that the session has been in another's cabinet makes it ask more of forms.
		tx.sql("UPDATE sign_in_sessions SET impersonation_id = ? WHERE token_hash = ? AND account_id = ?").run(
			left.outerId ?? left.id,
			tokenHash,
			user.accountId,
		);
		const { actor } = signedInWith(tx, tokenHash)!;
		for (const level of ended)
			if (level.wasLiving) writeAudit(tx, actor, "cabinet.leave", `account:${level.accountId}`, undefined, level.path);
		return isInScope(actor, left.path) ? `/${actor.account.kind}/accounts/${left.accountId}` : firstPageOf(actor);
	});
}
