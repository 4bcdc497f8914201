import { randomUUID } from "node:crypto";
import { parseWithZod } from "@conform-to/zod/v4";
import type { FormReply } from "#app/lib/form-reply.ts";
import { issue } from "#app/lib/issue.ts";
import { writeMicros } from "#app/lib/micros.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireOwnRight, requireRight } from "#app/modules/access/require-right.ts";
import { type Balance, balanceOf } from "#app/modules/ledger/balance-of.server.ts";
import { currency } from "#app/modules/platform/currency.server.ts";
import type { Tx } from "#db/tx.ts";
import { findPayee } from "./find-payee.server.ts";
import { topUpWish, WHOM_MAX } from "./money.schema.ts";

export interface TopUpPage {
	own: Balance;
	currency: string;
	/** What the address holds, as it was typed. */
	typed: { whom: string; amount: string; note: string };
	/** Where the address asks for something that cannot be done. */
	lastResult?: FormReply;
	/** What is to be confirmed; null: nothing yet. */
	plan: {
		account: { id: number; name: string; login: string };
		balance: Balance;
		amountMicros: number;
		note: string;
		formKey: string;
	} | null;
}

/**
 * The page by which any account below is topped up, wherever it stands: a form whose wish stands in the address, then what it comes to.
 *
 * @throws Response 403
 */
export function getTopUpPage(tx: Tx, actor: Actor, query: URLSearchParams): TopUpPage {
	requireOwnRight(actor, "money.read");
	requireOwnRight(actor, "money.create");
	requireRight(actor, "accounts.read");
	const typed = (name: string) => query.get(name) ?? "";
	const page = {
		own: balanceOf(tx, actor.account.id),
		currency: currency(tx),
		typed: { whom: typed("whom"), amount: typed("amount"), note: typed("note") },
		plan: null,
	};
	// Whoever goes back to change something is not asked to confirm it.
	if (!query.has("whom") || query.has("change")) return page;
	const submission = parseWithZod(query, { schema: topUpWish });
	const payee = findPayee(tx, actor, page.typed.whom.slice(0, WHOM_MAX));
	const fieldErrors: Record<string, string[]> = {};
	if ("issue" in payee && page.typed.whom.trim() !== "") fieldErrors.whom = [payee.issue];
	if (submission.status !== "success") return { ...page, lastResult: submission.reply({ fieldErrors }) };
	const { amount: amountMicros, note } = submission.value;
	if (amountMicros > page.own.spendableMicros) {
		const has = `${writeMicros(Math.max(0, page.own.spendableMicros))} ${page.currency}`;
		fieldErrors.amount = [issue("money:error.not_enough", { has })];
	}
	if ("issue" in payee || fieldErrors.amount) return { ...page, lastResult: submission.reply({ fieldErrors }) };
	const { account } = payee;
	return { ...page, plan: { account, balance: balanceOf(tx, account.id), amountMicros, note, formKey: randomUUID() } };
}
