import { writeMicros } from "#app/lib/micros.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { requireAccountBelow } from "#app/modules/accounts/require-account.server.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { requireBuyer } from "#app/modules/pricing/require-buyer.server.ts";
import { inTx, type Tx } from "#db/tx.ts";
import { FeeOverlapError, FeeSubjectError, TooManyFeesError } from "./fee.errors.ts";
import type { FeeWish } from "./fee.schema.ts";
import { feeSenders } from "./fee-senders.server.ts";
import { monthStart } from "./month.ts";

/** Also those that are over: more is a slip, or somebody's script. */
const FEES_MAX = 500;

/**
 * Sets what an account directly below the actor's pays it each month, for itself or for a sender name, beginning with a month of the
 * payer's calendar. The same form twice sets it once.
 *
 * @throws Response 403; AccountNotFoundError (also for who does not stand directly below), AccountStateError (closed), FeeSubjectError,
 * FeeOverlapError, TooManyFeesError
 */
export async function setFee(actor: Actor, accountId: number, wish: FeeWish): Promise<void> {
	requireRight(actor, "prices.update");
	const { formKey, subject, amount: amountMicros, from, note } = wish;
	const last = wish.last || null;
	await inTx((tx) => {
		requireBuyer(tx, actor, accountId, "prices.update");
		const { path, timeZone } = requireAccountBelow(tx, actor, accountId);
		const seller = actor.account.id;
		if (tx.sql("SELECT 1 FROM fees WHERE account_id = ? AND form_key = ?").get(accountId, formKey)) return;
		const isOffered = ({ channel, name }: { channel: string; name: string }) =>
			channel === subject.channel && name === subject.sender;
		if (subject.channel && !feeSenders(tx, path).some(isOffered)) throw new FeeSubjectError(subject.sender);
		requireRoom(tx, accountId);
		requireFree(tx, { accountId, seller, ...subject, from, last });
		tx.sql(
			`INSERT INTO fees (account_id, seller_account_id, channel, sender, amount_micros, from_month, last_month, next_month, time_zone,
			                   try_at_utc, note, form_key, user_id, created_at_utc)
			 VALUES (@accountId, @seller, @channel, @sender, @amountMicros, @from, @last, @from, @timeZone, @tryAt, @note, @formKey, @userId, @now)`,
		).run({
			...{ accountId, seller, ...subject, amountMicros, from, last, timeZone, note, formKey },
			...{ tryAt: monthStart(from, timeZone), userId: actor.userId, now: Date.now() },
		});
		const detail = {
			amount: writeMicros(amountMicros),
			sender: subject.sender,
			months: `${from} – ${last ?? ""}`,
			remark: note,
		};
		writeAudit(tx, actor, "prices.fee", `account:${accountId}`, detail, path);
	});
}

function requireRoom(tx: Tx, accountId: number): void {
	const { count } = tx
		.sql<{ count: number }>("SELECT count(*) AS count FROM fees WHERE account_id = ?")
		.get(accountId)!;
	if (count >= FEES_MAX) throw new TooManyFeesError(`account ${accountId} has ${count} fees`);
}

interface Span {
	accountId: number;
	seller: number;
	channel: string;
	sender: string;
	from: string;
	last: string | null;
}

/** Two for the same in one month are a slip: another amount is another fee, after the end of the first. */
function requireFree(tx: Tx, span: Span): void {
	const other = tx
		.sql(
			`SELECT 1 FROM fees WHERE account_id = @accountId AND seller_account_id = @seller AND channel = @channel AND sender = @sender
			    AND (last_month IS NULL OR (last_month >= @from AND last_month >= from_month)) AND (@last IS NULL OR from_month <= @last)`,
		)
		.get(span);
	if (other) throw new FeeOverlapError();
}
