/** A bill that is not there for this actor. */
export class BillNotFoundError extends Error {
	override name = "BillNotFoundError";
}

/** Why no bill is made; nothing was written. `details`: the seller has not said what stands on its bills. */
export class BillRefusedError extends Error {
	override name = "BillRefusedError";
	readonly reason: "details" | "not_over" | "too_long" | "nothing" | "overlaps" | "is_cancelling";

	constructor(reason: BillRefusedError["reason"]) {
		super(`no bill is made: ${reason}`);
		this.reason = reason;
	}
}
