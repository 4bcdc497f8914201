import { parseWithZod } from "@conform-to/zod/v4";
import type { FormReply } from "#app/lib/form-reply.ts";
import { issue } from "#app/lib/issue.ts";
import { writeMicros } from "#app/lib/micros.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireKind, requireOwnRight, requireRight } from "#app/modules/access/require-right.ts";
import { requireAccountBelow } from "#app/modules/accounts/require-account.server.ts";
import { currency } from "#app/modules/platform/currency.server.ts";
import { readBooks } from "#db/tx.ts";
import { OwnCapTooHighError, StaleLimitsError } from "./limits.errors.ts";
import { accountLimitsForm, brakeForm, ownLimitsForm } from "./limits.schema.ts";
import { limitsOf } from "./limits-of.server.ts";
import { setAccountLimits } from "./set-account-limits.server.ts";
import { setOwnLimits } from "./set-own-limits.server.ts";
import { setPlatformBrake } from "./set-platform-brake.server.ts";

export interface FailedLimits {
	/** With everything as it was typed. */
	lastResult: FormReply;
	status: 409 | 422;
	/** What they are by now, where somebody else has changed them. */
	version?: number;
}

/** Saves the form of the own account's limits; undefined when it is saved. @throws Response 403 */
export async function saveOwnLimits(actor: Actor, form: FormData): Promise<FailedLimits | undefined> {
	requireOwnRight(actor, "money.read");
	requireOwnRight(actor, "employees.update");
	const submission = parseWithZod(form, { schema: ownLimitsForm });
	if (submission.status !== "success") return { lastResult: submission.reply(), status: 422 };
	try {
		await setOwnLimits(actor, submission.value);
		return undefined;
	} catch (error) {
		if (!(error instanceof OwnCapTooHighError)) throw error;
		const most = `${writeMicros(error.capMicros)} ${readBooks(currency)}`;
		return {
			lastResult: submission.reply({ fieldErrors: { cap: [issue("bounds:error.own_cap", { most })] } }),
			status: 422,
		};
	}
}

/** The same of the limits of an account below. @throws Response 403; AccountNotFoundError, AccountStateError */
export async function saveAccountLimits(
	actor: Actor,
	accountId: number,
	form: FormData,
): Promise<FailedLimits | undefined> {
	requireRight(actor, "money.read");
	requireRight(actor, "accounts.update");
	readBooks((tx) => requireAccountBelow(tx, actor, accountId));
	const submission = parseWithZod(form, { schema: accountLimitsForm });
	if (submission.status !== "success") return { lastResult: submission.reply(), status: 422 };
	try {
		await setAccountLimits(actor, accountId, submission.value);
		return undefined;
	} catch (error) {
		if (!(error instanceof StaleLimitsError)) throw error;
		const { version } = readBooks((tx) => limitsOf(tx, accountId));
		return { lastResult: submission.reply({ formErrors: ["bounds:error.stale"] }), status: 409, version };
	}
}

/** The same of the platform's brake. @throws Response 403 */
export async function savePlatformBrake(actor: Actor, form: FormData): Promise<FailedLimits | undefined> {
	requireKind(actor, "admin");
	requireOwnRight(actor, "accounts.update");
	const submission = parseWithZod(form, { schema: brakeForm });
	if (submission.status !== "success") return { lastResult: submission.reply(), status: 422 };
	await setPlatformBrake(actor, submission.value);
	return undefined;
}
