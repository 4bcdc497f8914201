import { inTx, readBooks } from "#db/tx.ts";
import type { Actor } from "./actor.ts";
import { byAddress, byLogin, countTry, forgetTries } from "./count-try.server.ts";
import { WrongCredentialsError } from "./sign-in.errors.ts";
import { verifyPassword } from "./verify-password.server.ts";

/**
 * Lets only the person go on who knows the actor's password, whoever sits at the open session. The tries count together with
 * those at sign-in, so that a session is no way to guess more.
 *
 * @param address of the visitor.
 * @throws TooManyTriesError, WrongCredentialsError
 */
export async function confirmPassword(actor: Actor, password: string, address: string): Promise<void> {
	const user = readBooks((tx) =>
		tx
			.sql<{ login: string; passwordHash: string }>(
				"SELECT login, password_hash AS passwordHash FROM users WHERE id = ? AND account_id = ?",
			)
			.get(actor.userId, actor.account.id),
	);
	if (!user) throw new WrongCredentialsError();
	const tooMany = await inTx((tx) => countTry(tx, [byAddress(address), byLogin(user.login)]));
	if (tooMany) throw tooMany;
	if (!(await verifyPassword(password, user.passwordHash))) throw new WrongCredentialsError();
	await inTx((tx) => forgetTries(tx, byLogin(user.login)));
}
