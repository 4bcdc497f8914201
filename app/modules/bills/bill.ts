import type { DayRow } from "#app/modules/ledger/money-day.ts";
import type { TransferKind } from "#app/modules/ledger/transfer.ts";

/** What stands on bills about an account. */
export interface Party {
	legalName: string;
	/** Several lines. */
	address: string;
	taxId: string;
}

/** What stands on the bills that an account makes. */
export interface SellerDetails extends Party {
	/** How to pay: bank, account … Several lines. */
	payment: string;
	/** Hundredths of a percent: 2000 is 20 %; the tax that the prices have in them. */
	taxRate: number;
	note: string;
}

export interface BillLine extends Pick<DayRow, "channel" | "country" | "kind"> {
	/** Messages; 0 for fees. Below zero: more came back than went out. */
	quantity: number;
	/** Exact, micro-units. */
	amountMicros: number;
}

/** What a client had at the beginning and the end of the period, and what moved it, by kind. */
export interface BillBalance {
	openingMicros: number;
	closingMicros: number;
	/** Null: there were too many movements to add them up. */
	moves: { kind: TransferKind; micros: number }[] | null;
}

/** A bill as it was issued; nothing of it changes. */
export interface Bill {
	id: number;
	number: number;
	sellerId: number;
	buyerId: number;
	fromDay: number;
	toDay: number;
	issuedAtUtc: number;
	seller: SellerDetails;
	buyer: Party;
	currency: string;
	/** Of the lines, exact. */
	sumMicros: number;
	/** The same, rounded once to what the currency is paid in. */
	totalMicros: number;
	/** What of the total is tax. */
	taxMicros: number;
	balance: BillBalance | null;
	/** The bill that this one cancels; null: it is an ordinary one. */
	cancelsId: number | null;
	cancelsNumber: number | null;
	/** The bill that cancels this one. */
	cancelledById: number | null;
	cancelledByNumber: number | null;
	lines: BillLine[];
}
