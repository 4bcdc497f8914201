import { inTx } from "#db/tx.ts";
import type { Actor, Locale } from "./actor.ts";

/** The actor's own language from now on, on every device. */
export async function setLanguage(actor: Actor, locale: Locale): Promise<void> {
	await inTx((tx) => {
		tx.sql("UPDATE users SET locale = ? WHERE id = ? AND account_id = ?").run(locale, actor.userId, actor.account.id);
	});
}
