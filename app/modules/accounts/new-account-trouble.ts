import { issue } from "#app/lib/issue.ts";
import { PasswordFlawError } from "#app/modules/access/password.errors.ts";
import { AccountNotFoundError, TooDeepError, UnfitParentError } from "./account.errors.ts";
import { DEPTH_MAX } from "./insert-account.server.ts";
import { LoginTakenError } from "./insert-user.server.ts";

/**
 * What the form of a new account answers to an error.
 *
 * @throws Response 404 for a parent that is not there for this actor; errors that are not the visitor's go on.
 */
export function newAccountTrouble(
	error: unknown,
): { fieldErrors: Record<string, string[]> } | { formErrors: string[] } {
	if (error instanceof LoginTakenError) return { fieldErrors: { login: ["accounts:error.login_taken"] } };
	if (error instanceof PasswordFlawError) return { fieldErrors: { password: [error.message] } };
	const unfit = unfitParentIssue(error);
	if (unfit) return { formErrors: [unfit] };
	throw error;
}

/** Why no account can be made there, as an i18n key; undefined for any other error. */
export function unfitParentIssue(error: unknown): string | undefined {
	if (error instanceof AccountNotFoundError) throw new Response(null, { status: 404 });
	if (error instanceof UnfitParentError) return `accounts:error.parent_${error.because}`;
	if (error instanceof TooDeepError) return issue("accounts:error.too_deep", { max: DEPTH_MAX });
	return undefined;
}
