import { randomFrom } from "#app/lib/random-from.ts";
import { openBook } from "#app/modules/ledger/open-book.server.ts";
import type { BookKind } from "#app/modules/ledger/transfer.ts";
import { writeConnection } from "#db/client.ts";
import { inTx, type Tx } from "#db/tx.ts";
import type { BenchHouse } from "./bench-house.ts";

/** Accounts of three tiers; the client and the dealer that are looked at are the first of theirs. */
export interface Branch {
	rootId: number;
	dealerId: number;
	clientId: number;
	/** All clients, with the dealer of each. */
	clients: { id: number; dealerId: number }[];
}

const DEALERS = 20;
const CLIENTS_EACH = 100;
/** A transaction as long as only a benchmark can have it: nobody else writes. */
const TRANSFERS_A_TX = 40_000;
const YEAR_MS = 365 * 86_400_000;
const UNIT = { client: 14_000, dealer: 11_000, cost: 9_000 };
/** Of each charge. */
const POSTINGS = 5;

/** Dealers below the house's account with clients below each, and money for all that is to be charged. */
export async function plantBranch({ accountId: rootId }: BenchHouse): Promise<Branch> {
	return inTx((tx) => {
		const insert = tx.sql(
			"INSERT INTO accounts (parent_id, kind, path, name, time_zone, country, created_at_utc) VALUES (?, ?, ?, 'Bench', 'UTC', 'UA', 0)",
		);
		const place = tx.sql("UPDATE accounts SET path = ? WHERE id = ?");
		const add = (parentId: number, kind: string, above: string) => {
			const id = Number(insert.run(parentId, kind, `${above}new/`).lastInsertRowid);
			place.run(`${above}${id}/`, id);
			return id;
		};
		const clients: Branch["clients"] = [];
		for (let d = 0; d < DEALERS; d++) {
			const dealerId = add(rootId, "dealer", `/${rootId}/`);
			for (let c = 0; c < CLIENTS_EACH; c++)
				clients.push({ id: add(dealerId, "client", `/${rootId}/${dealerId}/`), dealerId });
		}
		// On credit: nothing has to be topped up.
		for (const { id } of clients)
			tx.sql("UPDATE ledger_books SET credit_micros = 1000000000000000 WHERE id = ? AND account_id = ?").run(
				openBook(tx, id, "available").id,
				id,
			);
		return { rootId, dealerId: clients[0]!.dealerId, clientId: clients[0]!.id, clients };
	});
}

interface Book {
	id: number;
	accountId: number;
	balanceMicros: number;
}

/**
 * Writes charges of a year's messages into empty books until there are so many postings: rows by hand, past postTransfer, but into the real tables, whose
 * triggers and limits see each of them. @returns how many there are.
 */
export async function growPostings(branch: Branch, wanted: number): Promise<number> {
	const { raw } = writeConnection();
	// All books' last pages stay at hand.
	raw.pragma("cache_size = -524288");
	const random = randomFrom(wanted);
	const count = Math.ceil(wanted / POSTINGS);
	const now = Date.now();
	for (let done = 0; done < count; done += TRANSFERS_A_TX) {
		await inTx((tx) => {
			const books = new Map<string, Book>();
			for (let i = done; i < Math.min(done + TRANSFERS_A_TX, count); i++) {
				const client = branch.clients[Math.floor(random() * branch.clients.length)]!;
				const at = Math.floor(now - YEAR_MS * (1 - i / count));
				writeCharge(tx, branch.rootId, client, books, { opId: `bulk ${i}`, at });
			}
		});
	}
	raw.pragma("cache_size = -65536");
	raw.pragma("wal_checkpoint(TRUNCATE)");
	return count * POSTINGS;
}

function writeCharge(
	tx: Tx,
	rootId: number,
	client: { id: number; dealerId: number },
	books: Map<string, Book>,
	of: { opId: string; at: number },
): void {
	const { lastInsertRowid } = tx
		.sql(
			`INSERT INTO transfers (account_id, kind, op_id, op_hash, note, campaign_id, price_class, quantity, at_utc)
			 VALUES (?, 'capture', ?, '', '', ?, 1, 1, ?)`,
		)
		.run(client.id, of.opId, client.id, of.at);
	const post = (accountId: number, kind: BookKind, amountMicros: number) => {
		const key = `${accountId} ${kind}`;
		let book = books.get(key);
		if (!book) {
			const { id, balanceMicros } = openBook(tx, accountId, kind);
			book = { id, accountId, balanceMicros };
			books.set(key, book);
		}
		book.balanceMicros += amountMicros;
		tx.sql(
			"INSERT INTO postings (book_id, transfer_id, account_id, amount_micros, balance_micros) VALUES (?, ?, ?, ?, ?)",
		).run(book.id, lastInsertRowid, accountId, amountMicros, book.balanceMicros);
	};
	post(client.id, "available", -UNIT.client);
	post(client.dealerId, "available", UNIT.client - UNIT.dealer);
	post(rootId, "available", UNIT.dealer);
	post(rootId, "costs", -UNIT.cost);
	post(rootId, "providers", UNIT.cost);
}
