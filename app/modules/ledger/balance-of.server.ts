import type { Tx } from "#db/tx.ts";

/** What an account has, in micro-units of the installation's currency. */
export interface Balance {
	/** May be below zero, down to minus the credit limit. */
	availableMicros: number;
	creditMicros: number;
	heldMicros: number;
	/** Charges that the balance did not cover: at or above zero; paid first by whatever comes in. */
	owedMicros: number;
	/** What can be spent: available and the credit limit, nothing while something is owed. */
	spendableMicros: number;
}

export function balanceOf(tx: Tx, accountId: number): Balance {
	const rows = tx
		.sql<{ kind: string; balance: number; credit: number }>(
			"SELECT kind, balance_micros AS balance, credit_micros AS credit FROM ledger_books WHERE account_id = ?",
		)
		.all(accountId);
	const of = (kind: string) => rows.find((row) => row.kind === kind);
	const availableMicros = of("available")?.balance ?? 0;
	const creditMicros = of("available")?.credit ?? 0;
	const owedMicros = Math.abs(of("owed")?.balance ?? 0);
	return {
		availableMicros,
		creditMicros,
		heldMicros: of("held")?.balance ?? 0,
		owedMicros,
		spendableMicros: owedMicros > 0 ? 0 : Math.max(0, availableMicros + creditMicros),
	};
}
