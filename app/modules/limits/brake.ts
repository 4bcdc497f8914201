/** How the brake tells a sudden volume from a usual one. */
export interface Brake {
	isOff: boolean;
	/** So many times the busiest of the last 30 days is let through. */
	factor: number;
	/** So many messages a day always are. */
	floor: number;
	/** So many, and no more, on a day of the account's first days. */
	firstDays: number;
}

/** Of an installation whose owner has chosen nothing. */
export const BRAKE: Brake = { isOff: false, factor: 10, floor: 50_000, firstDays: 50_000 };

/** How many days an account is a new one. */
export const FIRST_DAYS = 7;
/** How many days before today are looked at for what is usual. */
export const USUAL_DAYS = 30;

/**
 * So many messages a day are let through; null: as many as anybody likes.
 *
 * @param busiest messages of the busiest of the last days.
 */
export function allowedVolume(brake: Brake, busiest: number, isNew: boolean): number | null {
	if (brake.isOff) return null;
	if (isNew) return brake.firstDays;
	return Math.max(brake.floor, busiest * brake.factor);
}
