import { seal, unseal } from "#app/lib/secrets.server.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { confirmPassword } from "#app/modules/access/confirm-password.server.ts";
import { requireSelf } from "#app/modules/access/require-right.ts";
import { readBooks } from "#db/tx.ts";
import { confirmCode } from "./confirm-code.server.ts";
import { getSealedTotp } from "./get-sealed-totp.server.ts";
import { StaleSetUpError } from "./second-factor.errors.ts";
import { newTotpSecret } from "./totp.server.ts";

export const SET_UP_MINUTES = 15;

/** A secret on its way to the phone: it travels sealed in the page's form and stands in no book before a code of it was shown. */
export interface SetUp {
	/** Base32. */
	secret: string;
	/** The sealed secret that it takes the place of; null: there was none. */
	was: string | null;
	untilUtc: number;
}

const contextOf = (actor: Actor) => `totp-set-up:${actor.userId}`;

/**
 * Makes a secret for the actor, who has shown the password and, where there is a second factor already, a code of it.
 *
 * @returns the set-up, sealed for this person: what the page hands to `confirmSetUp`.
 * @throws Response 403 inside another's cabinet; TooManyTriesError, WrongCredentialsError, WrongCodeError
 */
export async function beginSetUp(
	actor: Actor,
	shown: { password: string; code?: string },
	address: string,
): Promise<string> {
	requireSelf(actor);
	await confirmPassword(actor, shown.password, address);
	const was = readBooks((tx) => getSealedTotp(tx, actor));
	if (was !== null) await confirmCode(actor, shown.code ?? "", address);
	const setUp: SetUp = { secret: newTotpSecret(), was, untilUtc: Date.now() + SET_UP_MINUTES * 60_000 };
	return seal(JSON.stringify(setUp), contextOf(actor));
}

/** @throws StaleSetUpError for one that has run out, was sealed for another person, or was never sealed by us. */
export function readSetUp(actor: Actor, sealed: string): SetUp {
	requireSelf(actor);
	const setUp = open(actor, sealed);
	if (setUp.untilUtc < Date.now()) throw new StaleSetUpError();
	return setUp;
}

function open(actor: Actor, sealed: string): SetUp {
	try {
		return JSON.parse(unseal(sealed, contextOf(actor))) as SetUp;
	} catch {
		throw new StaleSetUpError();
	}
}
