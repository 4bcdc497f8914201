import type { Actor } from "#app/modules/access/actor.ts";
import type { Tx } from "#db/tx.ts";

export const FORM_KEY_MAX = 64;

/** The campaign that this form has made already; undefined while it has made none. */
export function findCampaignByForm(tx: Tx, actor: Actor, formKey: string): number | undefined {
	return tx
		.sql<{ id: number }>("SELECT id FROM campaigns WHERE account_id = ? AND form_key = ?")
		.get(actor.account.id, formKey)?.id;
}
