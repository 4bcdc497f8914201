import { TRANSFER_KINDS, type TransferKind } from "#app/modules/ledger/transfer.ts";

/** Books whose history is shown: the first three of every account, the others of the root alone. */
export const SHOWN_BOOKS = ["available", "held", "owed", "outside", "costs", "providers"] as const;
export type ShownBook = (typeof SHOWN_BOOKS)[number];

/** What a history can be narrowed to. */
export const LINE_KINDS = TRANSFER_KINDS;

/** What the history of an account's money is asked for, as it stands in the address. */
export interface HistoryFilter {
	book: ShownBook;
	kind?: TransferKind;
	/** Local dates "2026-11-21", both included. */
	from: string;
	to: string;
	/** Of the note; "" for all. */
	words: string;
	campaign?: number;
}

const TYPED_MAX = 100;

/** The filter that an address asks for; what makes no sense in it is passed over. */
export function readHistoryFilter(query: URLSearchParams): HistoryFilter {
	const text = (name: string) => (query.get(name) ?? "").trim().slice(0, TYPED_MAX);
	const date = (name: string) => (/^\d{4}-\d\d-\d\d$/.test(text(name)) ? text(name) : "");
	return {
		book: SHOWN_BOOKS.find((one) => one === text("book")) ?? "available",
		kind: TRANSFER_KINDS.find((one) => one === text("kind")),
		from: date("from"),
		to: date("to"),
		words: text("q"),
		campaign: /^\d{1,15}$/.test(text("campaign")) ? Number(text("campaign")) : undefined,
	};
}

/** The same as an address: "book=held&kind=capture"; "" for all of what can be spent. */
export function writeHistoryFilter({ book, kind, from, to, words, campaign }: HistoryFilter): string {
	const parts = {
		book: book === "available" ? "" : book,
		kind,
		from,
		to,
		q: words,
		campaign: campaign && String(campaign),
	};
	return String(new URLSearchParams(Object.entries(parts).flatMap(([key, value]) => (value ? [[key, value]] : []))));
}

/** Whether anything but the book was asked for. */
export function isFiltered({ kind, from, to, words, campaign }: HistoryFilter): boolean {
	return Boolean(kind || from || to || words || campaign);
}
