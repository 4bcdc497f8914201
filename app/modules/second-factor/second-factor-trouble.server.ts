import { TooManyTriesError, WrongCredentialsError } from "#app/modules/access/sign-in.errors.ts";
import { signInTrouble } from "#app/modules/access/sign-in-trouble.server.ts";
import { AccountNotFoundError } from "#app/modules/accounts/account.errors.ts";
import {
	DemandFromAboveError,
	NoSecondFactorError,
	SecondFactorDemandedError,
	StaleSetUpError,
	WrongCodeError,
} from "./second-factor.errors.ts";

/** What was typed of them is sent back by no form. */
export const HIDDEN = { hideFields: ["password", "code"] };

export interface Trouble {
	issue: string;
	/** For conform's `reply`. */
	reply: { hideFields: string[]; formErrors?: string[]; fieldErrors?: Record<string, string[]> };
	status: number;
	headers?: Record<string, string>;
}

/**
 * What a page answers to a deed of the second factor that failed.
 *
 * @throws Response 404 for an account that is not there for this actor; errors that are not the visitor's go on.
 */
export function secondFactorTrouble(error: unknown): Trouble {
	if (error instanceof AccountNotFoundError) throw new Response(null, { status: 404 });
	if (error instanceof WrongCredentialsError) return ofField("password", "factor:error.password_wrong");
	if (error instanceof WrongCodeError) return ofField("code", "factor:error.code_wrong");
	if (error instanceof NoSecondFactorError) return ofField("login", "factor:error.nobody");
	if (error instanceof StaleSetUpError) return ofForm("factor:error.stale", { status: 409 });
	if (error instanceof SecondFactorDemandedError) return ofForm("factor:error.demanded", { status: 409 });
	if (error instanceof DemandFromAboveError) return ofForm("factor:error.from_above", { status: 409 });
	if (error instanceof TooManyTriesError) {
		const { issue, ...init } = signInTrouble(error);
		return ofForm(issue, init);
	}
	throw error;
}

function ofField(field: string, issue: string): Trouble {
	return { issue, reply: { ...HIDDEN, fieldErrors: { [field]: [issue] } }, status: 422 };
}

function ofForm(issue: string, init: { status: number; headers?: Record<string, string> }): Trouble {
	return { issue, reply: { ...HIDDEN, formErrors: [issue] }, ...init };
}
