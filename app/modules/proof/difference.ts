/**
 * What of the ledger is not as it must be. transfer_sum: postings of a transfer (`id`) do not sum to zero. no_postings, no_transfer: there
 * is the one (`id`: the transfer's) without the other. chain: a posting of a book (`id`) does not follow the one before it. balance: a book's
 * (`id`) is not that of its last posting. limit: a book is below its limit. total: all balances do not sum to zero (`id`: 0). held: what an
 * account (`id`) has set aside is not what its campaigns' messages hold. day_…: a total of a day of an account (`id`) is not what its
 * transfers come to. fee: a transfer (`id`) and the month of a fee that it was for do not belong together.
 */
export interface Difference {
	kind:
		| "transfer_sum"
		| "no_postings"
		| "no_transfer"
		| "chain"
		| "balance"
		| "limit"
		| "total"
		| "held"
		| "fee"
		| "day_messages"
		| "day_revenue"
		| "day_cost";
	id: number;
	/** Micro-units, or messages: what the books say, and what it must be. */
	keptMicros: number;
	countedMicros: number;
}

/** What a proof came to. */
export interface Proof {
	transfers: number;
	books: number;
	/** How many there are, and the first FOUND_MAX of them. */
	differences: number;
	found: Difference[];
}

export const FOUND_MAX = 200;
