import type { Actor } from "#app/modules/access/actor.ts";
import { requireOwnRight } from "#app/modules/access/require-right.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { inTx } from "#db/tx.ts";
import { requireStop } from "./require-stop.server.ts";
import { StopLiftedError } from "./stop.errors.ts";

/**
 * Takes an entry of the actor's own list back. The row stays, with when and by whom; campaigns that have passed the person over do not
 * come back to them.
 *
 * @throws Response 403; StopNotFoundError, StopLiftedError
 */
export async function liftStop(actor: Actor, stopId: number): Promise<void> {
	requireOwnRight(actor, "stops.delete");
	await inTx((tx) => {
		const { channel, sender, liftedAtUtc } = requireStop(tx, actor, stopId);
		if (liftedAtUtc !== null) throw new StopLiftedError();
		tx.sql("UPDATE stops SET lifted_at_utc = ?, lifted_by_user_id = ? WHERE id = ? AND account_id = ?").run(
			Date.now(),
			actor.userId,
			stopId,
			actor.account.id,
		);
		writeAudit(tx, actor, "stop.lift", `stop:${stopId}`, { channel, sender });
	});
}
