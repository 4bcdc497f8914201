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
		const id = insertImpersonation(tx, signedIn, { ...account, ownerId: account.ownerId }, { ...wish, isReadOnly });
		tx.sql("UPDATE sign_in_sessions SET impersonation_id = ? WHERE token_hash = ? AND account_id = ?").run(
			id,
			signedIn.tokenHash,
			signedIn.user.accountId,
		);
		const { reason, minutes } = wish;
		writeAudit(
			tx,
			signedIn.actor,
			"cabinet.enter",
			`account:${accountId}`,
			{ reason, minutes, isReadOnly },
			account.path,
		);
		const entered = signedInWith(tx, signedIn.tokenHash)!;
		const endsAtUtc = entered.inside!.endsAtUtc;
		const detail = { behindAccountId: signedIn.user.accountId, reason, isReadOnly, endsAtUtc };
		putNoticeToOwners(tx, accountId, "cabinet.entered", detail);
		return entered.actor;
	});
}

function insertImpersonation(
	tx: Tx,
	{ user, inside }: SignedIn,
	account: AccountToEnter & { ownerId: number },
	wish: EnterForm & { isReadOnly: boolean },
): number {
	const now = Date.now();
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
			Math.min(now + wish.minutes * 60_000, inside?.endsAtUtc ?? Number.MAX_SAFE_INTEGER),
		);
	return Number(lastInsertRowid);
}
