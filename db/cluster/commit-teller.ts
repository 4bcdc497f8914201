/** A transaction that somebody wants to hear of, once it is committed. */
export interface Commit {
	/** Under which taking over the books were written. */
	epoch: number;
	/** Of LiteFS, exactly this transaction's; null: not readable, and then it is hardly kept. */
	txid: number | null;
	/** What its function said of it (`tx.note`), at least one. */
	notes: object[];
	/** The last id that each table has given away, by its name. */
	sequences: Record<string, number>;
}

/** Resolves when whoever asked for the transaction may be told that it is done. */
export type CommitTeller = (commit: Commit) => Promise<void>;

// On globalThis: the Remix build and the server that loads it are two module graphs in one process, and must share this.
const shared = globalThis as unknown as { __commitTeller?: CommitTeller | undefined };

/** Has `teller` hear of every transaction of this process that has something to say, until it is taken away. Only where there is LiteFS. */
export function setCommitTeller(teller: CommitTeller | undefined): void {
	shared.__commitTeller = teller;
}

export function commitTeller(): CommitTeller | undefined {
	return shared.__commitTeller;
}
