/** It would bring what the account spends today above its limit. Nothing has moved. */
export class SpendCapError extends Error {
	override name = "SpendCapError";
	/** Micro-units: the limit, what is used of it, and what this would take. */
	readonly capMicros: number;
	readonly usedMicros: number;
	readonly needMicros: number;
	/** ISO 4217. */
	readonly currency: string;
	/** When the next day begins, as the account's clock shows it: "2026-11-22 00:00", and the clock: "Europe/Kyiv". */
	readonly resetsAt: string;
	readonly timeZone: string;

	constructor(
		of: Pick<SpendCapError, "capMicros" | "usedMicros" | "needMicros" | "currency" | "resetsAt" | "timeZone">,
	) {
		super(`${of.usedMicros} of ${of.capMicros} micro-units are spent, and this takes ${of.needMicros}`);
		this.capMicros = of.capMicros;
		this.usedMicros = of.usedMicros;
		this.needMicros = of.needMicros;
		this.currency = of.currency;
		this.resetsAt = of.resetsAt;
		this.timeZone = of.timeZone;
	}
}

/** Many more messages than the account usually sends in a day: those above it decide. Nothing has moved. */
export class VolumeBrakeError extends Error {
	override name = "VolumeBrakeError";
	readonly people: number;
	/** Of today's campaigns before this one. */
	readonly dayMessages: number;
	readonly allowed: number;

	constructor(people: number, dayMessages: number, allowed: number) {
		super(`${people} after ${dayMessages} of today are more than ${allowed}`);
		this.people = people;
		this.dayMessages = dayMessages;
		this.allowed = allowed;
	}
}

/** The campaign waits for whoever is above the account, or they have decided not to send it. */
export class WaitsForDealerError extends Error {
	override name = "WaitsForDealerError";
}

/** Somebody has decided it, or it was cancelled, meanwhile. */
export class WaitOverError extends Error {
	override name = "WaitOverError";
}

/** There is no such campaign for this actor to decide. */
export class WaitNotFoundError extends Error {
	override name = "WaitNotFoundError";
}

/** Somebody has changed the limits since the page was made. */
export class StaleLimitsError extends Error {
	override name = "StaleLimitsError";
}

/** An account's own limit is above the one it was given. */
export class OwnCapTooHighError extends Error {
	override name = "OwnCapTooHighError";
	readonly capMicros: number;
	constructor(capMicros: number) {
		super(`at most ${capMicros} micro-units`);
		this.capMicros = capMicros;
	}
}
