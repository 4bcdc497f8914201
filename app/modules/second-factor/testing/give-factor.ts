import { seal } from "#app/lib/secrets.server.ts";
import { inTx } from "#db/tx.ts";
import { renewRecoveryCodes } from "../recovery-codes.server.ts";
import { totpContext } from "../take-code.server.ts";
import { newTotpSecret } from "../totp.server.ts";

/** Writes a second factor for a person of addPeople(), as a finished set-up does. */
export async function giveFactor(userId: number): Promise<{ secret: string; codes: string[] }> {
	const secret = newTotpSecret();
	const accountId = userId / 10;
	const codes = await inTx((tx) => {
		tx.sql("UPDATE users SET sealed_totp = ?, totp_step = NULL WHERE id = ?").run(
			seal(secret, totpContext(userId)),
			userId,
		);
		return renewRecoveryCodes(tx, { userId, accountId });
	});
	return { secret, codes };
}
