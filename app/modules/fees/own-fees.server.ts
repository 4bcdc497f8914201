import type { Actor } from "#app/modules/access/actor.ts";
import { requireOwnRight } from "#app/modules/access/require-right.ts";
import type { Tx } from "#db/tx.ts";
import { FEE_COLUMNS, type Fee } from "./fee.ts";
import { type ShownFee, shownFee } from "./get-fees-page.server.ts";

const SHOWN_AT_MOST = 200;

/** What the actor's own account pays by the month now, and will; what is over, its history names. @throws Response 403 */
export function ownFees(tx: Tx, actor: Actor): ShownFee[] {
	requireOwnRight(actor, "money.read");
	return tx
		.sql<Fee>(
			`SELECT ${FEE_COLUMNS} FROM fees f JOIN accounts a ON a.id = f.account_id
			  WHERE f.account_id = ? AND f.try_at_utc IS NOT NULL AND f.seller_account_id = a.parent_id
			  ORDER BY f.id LIMIT ${SHOWN_AT_MOST}`,
		)
		.all(actor.account.id)
		.map(shownFee);
}
