/** Someone of the audience has no price: nothing is sent for nothing. Nothing has moved. */
export class PriceMissingError extends Error {
	override name = "PriceMissingError";
	/** ISO 3166 code; "": of no country that is known. */
	readonly country: string;

	constructor(country: string) {
		super(`no price for ${country || "an unknown country"}`);
		this.country = country;
	}
}

/** The sender's own balance does not cover it. Nothing has moved. */
export class BalanceShortError extends Error {
	override name = "BalanceShortError";
	/** Micro-units; above zero. */
	readonly missingMicros: number;

	constructor(missingMicros: number) {
		super(`${missingMicros} micro-units are missing`);
		this.missingMicros = missingMicros;
	}
}

/** The sender owes for earlier messages. Nothing has moved. */
export class OwingError extends Error {
	override name = "OwingError";
}

/** A dealer above sells below its own cost, and has not got the difference. The sender is not told which. Nothing has moved. */
export class DealerShortError extends Error {
	override name = "DealerShortError";
	readonly dealerId: number;

	constructor(dealerId: number) {
		super(`account ${dealerId} cannot cover what it loses`);
		this.dealerId = dealerId;
	}
}

/** The balance covers another number of people by now than the page said. Nothing has moved. */
export class CoverChangedError extends Error {
	override name = "CoverChangedError";
	/** As many as it covers now. */
	readonly coveredPeople: number;

	constructor(coveredPeople: number) {
		super(`the balance covers ${coveredPeople} people now`);
		this.coveredPeople = coveredPeople;
	}
}

/** A monthly fee of the sender's account is due, and its balance does not cover it. */
export class FeeUnpaidError extends Error {
	override name = "FeeUnpaidError";
}
