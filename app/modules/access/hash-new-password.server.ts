import { findPasswordFlaw, type PasswordOwner } from "./find-password-flaw.server.ts";
import { hashPassword } from "./hash-password.server.ts";
import { PasswordFlawError } from "./password.errors.ts";

/**
 * The hash of a password that somebody is about to get: nobody gets one that is soon guessed, whoever sets it.
 *
 * @throws PasswordFlawError
 */
export async function hashNewPassword(password: string, owner: PasswordOwner): Promise<string> {
	const flaw = await findPasswordFlaw(password, owner);
	if (flaw) throw new PasswordFlawError(flaw);
	return hashPassword(password);
}
