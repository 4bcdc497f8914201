import { branchStanding } from "#app/modules/access/branch-standing.server.ts";
import { firstPageOf } from "#app/modules/access/cabinet.ts";
import { byAddress, countTry, forgetTries } from "#app/modules/access/count-try.server.ts";
import { openSession } from "#app/modules/access/open-session.server.ts";
import { hashSessionToken, newSessionToken } from "#app/modules/access/session-token.server.ts";
import { shownBlock } from "#app/modules/access/shown-block.server.ts";
import { AccountBlockedError } from "#app/modules/access/sign-in.errors.ts";
import { signedInWith } from "#app/modules/access/signed-in-by.server.ts";
import type { AuditDetail } from "#app/modules/audit/write-audit.server.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { noteGuessing } from "./note-guessing.server.ts";
import { pendingSignIn } from "./pending-sign-in.server.ts";
import { countRecoveryCodes } from "./recovery-codes.server.ts";
import { SignInExpiredError, WrongCodeError } from "./second-factor.errors.ts";
import { byCode, takeCode } from "./take-code.server.ts";

/**
 * The second step of a sign-in: a right code turns what the password began into a session, under a new token.
 *
 * @returns the token for the cookie and the page that the person begins at.
 * @throws SignInExpiredError, TooManyTriesError, WrongCodeError, AccountBlockedError
 */
export async function finishSignIn(
	request: Request,
	{ code, address }: { code: string; address: string },
): Promise<{ token: string; firstPage: string }> {
	const tooMany = await inTx((tx) => {
		const pending = pendingSignIn(tx, request);
		if (!pending) return new SignInExpiredError();
		const found = countTry(tx, [byAddress(address), byCode(pending.userId)]);
		if (found?.of === "code" && found.isFirst) noteGuessing(tx, pending, address);
		return found;
	});
	if (tooMany) throw tooMany;
	const token = newSessionToken();
	const userAgent = request.headers.get("user-agent") ?? "";
	await inTx((tx) => {
		const pending = pendingSignIn(tx, request);
		if (!pending) throw new SignInExpiredError();
		const factor = takeCode(tx, pending, code);
		if (factor === null) throw new WrongCodeError();
		if (!branchStanding(tx, pending.path).isActive)
			throw new AccountBlockedError(shownBlock(tx, pending.path, pending.timeZone));
		forgetTries(tx, byCode(pending.userId));
		tx.sql("DELETE FROM sign_in_sessions WHERE token_hash = ? AND account_id = ?").run(
			pending.tokenHash,
			pending.accountId,
		);
		const detail: AuditDetail = { factor };
		if (factor === "recovery") detail.recoveryCodesLeft = countRecoveryCodes(tx, pending);
		openSession(tx, { ...pending, token, address, userAgent }, detail);
	});
	const signedIn = readBooks((tx) => signedInWith(tx, hashSessionToken(token)));
	return { token, firstPage: signedIn ? firstPageOf(signedIn.actor) : "/" };
}
