import { PasswordFlawError } from "./password.errors.ts";
import { TooManyTriesError, WrongCredentialsError } from "./sign-in.errors.ts";
import { signInTrouble } from "./sign-in-trouble.server.ts";

interface PasswordTrouble {
	fieldErrors?: Record<string, string[]>;
	formErrors?: string[];
	status: number;
	headers?: Record<string, string>;
}

/** What the page of one's own password answers to a change that failed; errors that are not the person's go on. */
export function passwordTrouble(error: unknown): PasswordTrouble {
	if (error instanceof PasswordFlawError) return { fieldErrors: { password: [error.message] }, status: 422 };
	if (error instanceof WrongCredentialsError)
		return { fieldErrors: { current: ["settings:password.error.wrong"] }, status: 422 };
	if (!(error instanceof TooManyTriesError)) throw error;
	const { issue, ...init } = signInTrouble(error);
	return { formErrors: [issue], ...init };
}
