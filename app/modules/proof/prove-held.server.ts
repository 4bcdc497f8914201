import { heldByClasses } from "#app/modules/charging/held-by-classes.server.ts";
import type { Prover } from "./prove.server.ts";

/** Campaigns at a stretch. */
const CAMPAIGNS = 200;

/** What every account has set aside is what the messages of campaigns hold of it, by their price classes: at one moment of the books. */
export async function proveHeld({ tx, moment, turn, report }: Prover): Promise<void> {
	await moment(async () => {
		const counted = new Map<number, number>();
		for (let after: number | null = 0; after !== null; ) {
			const { held, last }: ReturnType<typeof heldByClasses> = heldByClasses(tx, after, CAMPAIGNS);
			for (const [accountId, micros] of held) counted.set(accountId, (counted.get(accountId) ?? 0) + micros);
			after = last;
			await turn();
		}
		const books = tx
			.sql<{ accountId: number; micros: number }>(
				"SELECT account_id AS accountId, balance_micros AS micros FROM ledger_books WHERE kind = 'held' ORDER BY account_id",
			)
			.all();
		for (const { accountId, micros: keptMicros } of books) {
			const countedMicros = counted.get(accountId) ?? 0;
			counted.delete(accountId);
			if (keptMicros !== countedMicros) report({ kind: "held", id: accountId, keptMicros, countedMicros });
		}
		for (const [id, countedMicros] of counted)
			if (countedMicros !== 0) report({ kind: "held", id, keptMicros: 0, countedMicros });
	});
}
