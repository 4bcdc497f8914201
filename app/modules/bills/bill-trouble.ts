import { AccountNotFoundError } from "#app/modules/accounts/account.errors.ts";
import { BillNotFoundError, BillRefusedError } from "./bill.errors.ts";

/**
 * What a page answers to a bill that is not made.
 *
 * @throws Response 404 for what is not there for this actor; errors that are not the visitor's go on.
 */
export function billTrouble(error: unknown): { issue: string; status: 422 } {
	if (error instanceof BillRefusedError) return { issue: `bills:refused.${error.reason}`, status: 422 };
	if (error instanceof BillNotFoundError || error instanceof AccountNotFoundError)
		throw new Response(null, { status: 404 });
	throw error;
}

/** `read`'s answer, or 404 where the bill is not there for this actor. */
export function billOr404<T>(read: () => T): T {
	try {
		return read();
	} catch (error) {
		if (error instanceof BillNotFoundError) throw new Response(null, { status: 404 });
		throw error;
	}
}
