import { endImpersonations } from "#app/modules/access/end-impersonations.server.ts";
import { type SignedIn, signedInWith } from "#app/modules/access/signed-in-by.server.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { putNoticeToOwners } from "#app/modules/notices/put-notice.server.ts";
import { inTx, type Tx } from "#db/tx.ts";
import { type AccountToEnter, accountToEnter } from "./account-to-enter.server.ts";
import { AccountClosedError, ElsewhereMeanwhileError, NoOwnerError } from "./enter.errors.ts";
import type { EnterForm } from "./enter.schema.ts";

/**
 * Lets the person into the cabinet of an account below the one acted for, as its owner; inside of a cabinet that was entered,
 * one level deeper, and never for longer than that one lasts. Who is entered learns of it.
 *
 * @returns as whom and where the session acts from now on.
 * @throws Response 403, AccountNotFoundError, AccountClosedError, NoOwnerError, ElsewhereMeanwhileError
 */
export async function enterAccount(seen: SignedIn, accountId: number, wish: EnterForm): Promise<SignedIn["actor"]> {
	return inTx((tx) => {
		const signedIn = signedInWith(tx, seen.tokenHash);
		const isThere = signedIn?.enteredId === seen.enteredId && signedIn.actor.account.id === seen.actor.account.id;
		if (!isThere) throw new ElsewhereMeanwhileError();
		const account = accountToEnter(tx, signedIn.actor, accountId);
		if (account.isClosed) throw new AccountClosedError();
		if (account.ownerId === null) throw new NoOwnerError();
		// A cabinet whose time ran out ends with this at the latest.
		if (signedIn.lapsed) endImpersonations(tx, signedIn.user.userId, signedIn.enteredId, signedIn.lapsed.id);
		const isReadOnly = wish.mode === "look" || account.isBlocked;
		const { id, endsAtUtc } = insertImpersonation(tx, signedIn, account, { ...wish, isReadOnly });
		tx.sql("UPDATE sign_in_sessions SET impersonation_id = ? WHERE token_hash = ? AND account_id = ?").run(
			id,
			signedIn.tokenHash,
			signedIn.user.accountId,
		);
		const facts = { reason: wish.reason, isReadOnly };
		const noted = { ...facts, untilUtc: endsAtUtc };
		writeAudit(tx, signedIn.actor, "cabinet.enter", `account:${accountId}`, noted, account.path);
		const { accountId: behindAccountId } = signedIn.user;
		putNoticeToOwners(tx, accountId, "cabinet.entered", { ...facts, behindAccountId, endsAtUtc });
		return signedInWith(tx, signedIn.tokenHash)!.actor;
	});
}

function insertImpersonation(
	tx: Tx,
	{ user, inside }: SignedIn,
	account: AccountToEnter,
	wish: EnterForm & { isReadOnly: boolean },
): { id: number; endsAtUtc: number } {
	const now = Date.now();
	const endsAtUtc = Math.min(now + wish.minutes * 60_000, inside?.endsAtUtc ?? Number.MAX_SAFE_INTEGER);
	const { lastInsertRowid } = tx
		.sql(
			`INSERT INTO impersonations (account_id, user_id, behind_user_id, behind_account_id, outer_id, reason, is_read_only,
				started_at_utc, ends_at_utc) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		)
		.run(
			account.id,
			account.ownerId,
			user.userId,
			user.accountId,
			inside?.id ?? null,
			wish.reason,
			wish.isReadOnly ? 1 : 0,
			now,
			endsAtUtc,
		);
	return { id: Number(lastInsertRowid), endsAtUtc };
}
