import type { Actor } from "#app/modules/access/actor.ts";
import { byAddress, countTry, forgetTries } from "#app/modules/access/count-try.server.ts";
import { inTx } from "#db/tx.ts";
import { WrongCodeError } from "./second-factor.errors.ts";
import { byCode, takeCode } from "./take-code.server.ts";

/**
 * Lets only the person go on who has the actor's phone or one of its recovery codes. The code is used up.
 *
 * @throws TooManyTriesError, WrongCodeError
 */
export async function confirmCode(actor: Actor, code: string, address: string): Promise<void> {
	const { userId } = actor;
	const tooMany = await inTx((tx) => countTry(tx, [byAddress(address), byCode(userId)]));
	if (tooMany) throw tooMany;
	await inTx((tx) => {
		if (takeCode(tx, { userId, accountId: actor.account.id }, code) === null) throw new WrongCodeError();
		forgetTries(tx, byCode(userId));
	});
}
