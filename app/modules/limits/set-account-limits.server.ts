import { writeMicros } from "#app/lib/micros.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { AccountStateError } from "#app/modules/accounts/account.errors.ts";
import { requireAccountBelow } from "#app/modules/accounts/require-account.server.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { inTx } from "#db/tx.ts";
import { StaleLimitsError } from "./limits.errors.ts";
import type { LimitsWish } from "./limits.schema.ts";
import { limitsOf } from "./limits-of.server.ts";

/**
 * Sets what an account below the actor's may spend in a day, and how much more than usual it may send.
 *
 * @throws Response 403; AccountNotFoundError (also for the own account), AccountStateError (closed), StaleLimitsError
 */
export async function setAccountLimits(actor: Actor, accountId: number, wish: LimitsWish): Promise<void> {
	requireRight(actor, "money.read");
	requireRight(actor, "accounts.update");
	const { version, cap: capMicros, brake, factor, floor, firstDays } = wish;
	await inTx((tx) => {
		const account = requireAccountBelow(tx, actor, accountId);
		if (account.state === "closed") throw new AccountStateError("closed");
		if (limitsOf(tx, accountId).version !== version) throw new StaleLimitsError();
		tx.sql(
			`INSERT INTO account_limits (account_id, cap_micros, is_brake_off, brake_factor, brake_floor, brake_first_days)
			 VALUES (@accountId, @capMicros, @isOff, @factor, @floor, @firstDays)
			 ON CONFLICT (account_id) DO UPDATE SET cap_micros = @capMicros, is_brake_off = @isOff, brake_factor = @factor,
			    brake_floor = @floor, brake_first_days = @firstDays, version = version + 1`,
		).run({ accountId, capMicros, isOff: brake === "off" ? 1 : 0, factor, floor, firstDays });
		const detail = {
			cap: capMicros === null ? "–" : writeMicros(capMicros),
			brake: brake === "off" ? "–" : [factor, floor, firstDays].map((one) => one ?? "*").join(" / "),
		};
		writeAudit(tx, actor, "limits.set", `account:${accountId}`, detail, account.path);
	});
}
