import { TooManyTriesError, WrongCredentialsError } from "#app/modules/access/sign-in.errors.ts";
import { signInTrouble } from "#app/modules/access/sign-in-trouble.server.ts";
import {
	DemandFromAboveError,
	NoSecondFactorError,
	SecondFactorDemandedError,
	StaleSetUpError,
	WrongCodeError,
} from "./second-factor.errors.ts";

export interface Trouble {
	/** Beside which field of the form it stands, and what it says; "" is the form itself. */
	error: Record<string, string[]>;
	status: number;
	headers?: Record<string, string>;
}

/** What a page answers to a deed of the second factor that failed; errors that are not the visitor's go on. */
export function secondFactorTrouble(error: unknown): Trouble {
	if (error instanceof WrongCredentialsError)
		return { error: { password: ["factor:error.password_wrong"] }, status: 422 };
	if (error instanceof WrongCodeError) return { error: { code: ["factor:error.code_wrong"] }, status: 422 };
	if (error instanceof NoSecondFactorError) return { error: { login: ["factor:error.nobody"] }, status: 422 };
	if (error instanceof StaleSetUpError) return { error: { "": ["factor:error.stale"] }, status: 409 };
	if (error instanceof SecondFactorDemandedError) return { error: { "": ["factor:error.demanded"] }, status: 409 };
	if (error instanceof DemandFromAboveError) return { error: { "": ["factor:error.from_above"] }, status: 409 };
	if (error instanceof TooManyTriesError) {
		const { issue, ...answer } = signInTrouble(error);
		return { error: { "": [issue] }, ...answer };
	}
	throw error;
}
