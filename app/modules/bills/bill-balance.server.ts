import type { Actor } from "#app/modules/access/actor.ts";
import { dateOfDay } from "#app/modules/ledger/money-day.ts";
import type { TransferKind } from "#app/modules/ledger/transfer.ts";
import { getStatement } from "#app/modules/money/get-statement.server.ts";
import type { BillBalance } from "./bill.ts";

/**
 * What a client had at both ends of a period and what moved it: of all its books together, so that what is only set aside and given back
 * is not seen. Every kind that there is stands under its own name. Of a dealer there is none: what it earns is not its seller's to see.
 *
 * @param period days of UTC, both included, all over.
 */
export async function clientsBalance(
	actor: Actor,
	buyerId: number,
	period: { fromDay: number; toDay: number },
): Promise<BillBalance> {
	const inUtc = { ...actor, account: { ...actor.account, timeZone: "UTC" } };
	const { books } = await getStatement(inUtc, buyerId, {
		from: dateOfDay(period.fromDay),
		to: dateOfDay(period.toDay),
	});
	const sums = new Map<TransferKind, number>();
	for (const { kind, micros } of books.flatMap((book) => book.sums ?? []))
		sums.set(kind, (sums.get(kind) ?? 0) + micros);
	return {
		openingMicros: books.reduce((sum, { openingMicros }) => sum + openingMicros, 0),
		closingMicros: books.reduce((sum, { closingMicros }) => sum + closingMicros, 0),
		moves: books.some((book) => book.sums === null)
			? null
			: [...sums].filter(([, micros]) => micros !== 0).map(([kind, micros]) => ({ kind, micros })),
	};
}
