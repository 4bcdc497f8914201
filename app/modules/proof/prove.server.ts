import { setImmediate as yieldTurn } from "node:timers/promises";
import { booksPath, openConnection, prepared } from "#db/client.ts";
import type { Tx } from "#db/tx.ts";
import { type Difference, FOUND_MAX, type Proof } from "./difference.ts";
import { proveBooks } from "./prove-books.server.ts";
import { proveChains } from "./prove-chains.server.ts";
import { proveDays } from "./prove-days.server.ts";
import { proveFees } from "./prove-fees.server.ts";
import { proveHeld } from "./prove-held.server.ts";
import { proveTransfers } from "./prove-transfers.server.ts";

/** What the parts of a proof are made with: each reads in slices of a few milliseconds, with other work between them. */
export interface Prover {
	tx: Tx;
	/** One slice, in a read transaction of its own. */
	slice<T>(read: () => T): Promise<T>;
	/** Everything within one read transaction, which lasts for as long as `read` does: for what can only be compared as a whole. */
	moment(read: () => Promise<void>): Promise<void>;
	/** Lets other work come in between. @throws ProofStoppedError */
	turn(): Promise<void>;
	report(difference: Difference): void;
}

/** The proof was broken off: it says nothing. */
export class ProofStoppedError extends Error {
	override name = "ProofStoppedError";
}

/**
 * Proves the ledger from its postings: every transfer sums to zero, every book's postings follow one another to its balance, none is below
 * its limit, everything together is zero, every fee was taken as it was set, what is held is what the messages under way hold, and the day totals are what
 * the transfers come to. Never changes anything. It reads by a
 * connection of its own while others write: each fact is compared within one moment of the books, and what is written behind the
 * proof is the next one's.
 *
 * @throws ProofStoppedError when `signal` says so.
 */
export async function prove(signal?: AbortSignal): Promise<Proof> {
	const connection = openConnection(booksPath(), "read");
	const found: Difference[] = [];
	let differences = 0;
	const turn = async () => {
		await yieldTurn();
		if (signal?.aborted) throw new ProofStoppedError("the proof was broken off");
	};
	const { raw } = connection;
	const prover: Prover = {
		tx: { sql: (text) => prepared(connection, text) as never },
		turn,
		async slice(read) {
			await turn();
			return raw.transaction(read)();
		},
		async moment(read) {
			await turn();
			raw.exec("BEGIN");
			try {
				await read();
			} finally {
				raw.exec("COMMIT");
			}
		},
		report(difference) {
			differences++;
			if (found.length < FOUND_MAX) found.push(difference);
		},
	};
	try {
		const transfers = await proveTransfers(prover);
		await proveChains(prover);
		const books = await proveBooks(prover);
		await proveFees(prover);
		await proveHeld(prover);
		await proveDays(prover);
		return { transfers, books, differences, found };
	} finally {
		connection.raw.close();
	}
}
