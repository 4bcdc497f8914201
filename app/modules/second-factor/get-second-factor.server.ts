import type { Actor } from "#app/modules/access/actor.ts";
import { branchStanding } from "#app/modules/access/branch-standing.server.ts";
import { requireSelf } from "#app/modules/access/require-right.ts";
import { readBooks } from "#db/tx.ts";
import { getSealedTotp } from "./get-sealed-totp.server.ts";
import { countRecoveryCodes } from "./recovery-codes.server.ts";

export interface SecondFactor {
	isOn: boolean;
	/** Recovery codes not used yet. */
	codesLeft: number;
	/** The account or one above it demands one: it can't be switched off. */
	isDemanded: boolean;
}

/**
 * How the actor's own second factor stands.
 *
 * @throws Response 403 inside another's cabinet
 */
export function getSecondFactor(actor: Actor): SecondFactor {
	requireSelf(actor);
	return readBooks((tx) => ({
		isOn: getSealedTotp(tx, actor) !== null,
		codesLeft: countRecoveryCodes(tx, { userId: actor.userId, accountId: actor.account.id }),
		isDemanded: branchStanding(tx, actor.account.path).demandsSecondFactor,
	}));
}
