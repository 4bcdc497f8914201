import { type Health, takeFresh } from "./health.ts";

/** What is kept in the wire: what only this process knows of its own calls is left out. */
export type StoredHealth = Omit<Health, "fresh" | "underWay" | "silentSinceUtc">;

/**
 * Brings together what this process knows and what is kept for all: calls add up; of the breaker and of the factor the newer word counts.
 * Changes `mine`.
 */
export function mergeHealth(mine: Health, kept: StoredHealth | undefined): void {
	if (kept) {
		const hasCalled = mine.fresh.calls > 0;
		if (kept.steppedAtUtc >= mine.steppedAtUtc) {
			const { factor, shiftedAtUtc, isRising, relapses, steppedAtUtc } = kept;
			Object.assign(mine, { tally: { ...kept.tally }, factor, shiftedAtUtc, isRising, relapses, steppedAtUtc });
		}
		if (kept.breaker.changedAtUtc > mine.breaker.changedAtUtc) mine.breaker = { ...kept.breaker };
		if (!hasCalled) mine.usualMs = kept.usualMs ?? mine.usualMs;
	}
	takeFresh(mine);
}

export function storedOf(health: Health): StoredHealth {
	const { fresh: _fresh, underWay: _underWay, silentSinceUtc: _silent, ...kept } = health;
	return kept;
}
