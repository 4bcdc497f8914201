import type { Actor } from "#app/modules/access/actor.ts";
import { requireSelf } from "#app/modules/access/require-right.ts";
import { inTx } from "#db/tx.ts";

/**
 * The person has seen everything up to this notice; what came after it, while the page was looked at, stays new.
 *
 * @throws Response 403 inside of another's cabinet.
 */
export async function markNoticesSeen(actor: Actor, upToId: number): Promise<void> {
	requireSelf(actor);
	const { userId, account } = actor;
	await inTx((tx) => {
		tx.sql(
			"UPDATE notices SET seen_at_utc = ? WHERE user_id = ? AND account_id = ? AND id <= ? AND seen_at_utc IS NULL",
		).run(Date.now(), userId, account.id, upToId);
		tx.sql(
			`UPDATE users SET unseen_notices = (SELECT count(*) FROM notices n WHERE n.user_id = users.id AND n.account_id = @account AND n.seen_at_utc IS NULL)
			WHERE id = @user AND account_id = @account`,
		).run({ user: userId, account: account.id });
	});
}
