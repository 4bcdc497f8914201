import type { Actor } from "#app/modules/access/actor.ts";
import { hasRight, requireOwnRight, requireRight } from "#app/modules/access/require-right.ts";
import { AccountStateError } from "#app/modules/accounts/account.errors.ts";
import { requireAccountBelow } from "#app/modules/accounts/require-account.server.ts";
import { currency } from "#app/modules/platform/currency.server.ts";
import type { Tx } from "#db/tx.ts";
import { accountDay } from "./account-day.server.ts";
import { allowedVolume } from "./brake.ts";
import { brakeOf, capOf, limitsOf } from "./limits-of.server.ts";
import { platformBrake } from "./platform-brake.server.ts";

/** How an account stands today against what bounds it. */
export type Standing = ReturnType<typeof standing>;

function standing(tx: Tx, accountId: number) {
	const day = accountDay(tx, accountId);
	const limits = limitsOf(tx, accountId);
	const brake = brakeOf(tx, limits);
	return {
		...{ currency: currency(tx), timeZone: day.timeZone, resetsAtUtc: day.resetsAtUtc, spentMicros: day.spentMicros },
		capMicros: capOf(limits),
		messages: day.messages,
		busiest: day.busiest,
		isNew: day.isNew,
		/** Messages a day that are let through; null: as many as anybody likes. */
		allowed: day.isRoot ? null : allowedVolume(brake, day.busiest, day.isNew),
	};
}

/** What bounds the own account, and what it sets itself. @throws Response 403 */
export function getOwnLimits(tx: Tx, actor: Actor) {
	requireOwnRight(actor, "money.read");
	const accountId = actor.account.id;
	const { capMicros, ownCapMicros } = limitsOf(tx, accountId);
	const low = tx
		.sql<{ lowMicros: number | null }>(
			"SELECT low_micros AS lowMicros FROM ledger_books WHERE account_id = ? AND kind = 'available'",
		)
		.get(accountId);
	return {
		standing: standing(tx, accountId),
		/** Set by those above. */
		givenCapMicros: capMicros,
		ownCapMicros,
		lowMicros: low?.lowMicros ?? null,
		mayChange: hasRight(actor, "employees.update"),
	};
}

/**
 * What bounds an account below, and how it stands today.
 *
 * @throws Response 403; AccountNotFoundError (also for the own account), AccountStateError (closed)
 */
export function getAccountLimits(tx: Tx, actor: Actor, accountId: number) {
	requireRight(actor, "money.read");
	requireRight(actor, "accounts.read");
	const { id, name, state } = requireAccountBelow(tx, actor, accountId);
	if (state === "closed") throw new AccountStateError("closed");
	return {
		account: { id, name },
		standing: standing(tx, id),
		limits: limitsOf(tx, id),
		platform: platformBrake(tx),
		mayChange: hasRight(actor, "accounts.update"),
	};
}
export type AccountLimitsPage = ReturnType<typeof getAccountLimits>;
