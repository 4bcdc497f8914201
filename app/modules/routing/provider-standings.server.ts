import { readPauses } from "#jobs/wire/provider-pauses.ts";

/** What the wire knows of a provider now, as far as it keeps new messages away from it. */
export interface Standing {
	/** Unix ms: the provider has asked for a pause until then; 0: it has not. */
	pausedUntilUtc: number;
}

/** Of every provider that anything is known of. */
export async function providerStandings(): Promise<Map<number, Standing>> {
	const pauses = await readPauses();
	return new Map([...pauses].map(([providerId, pausedUntilUtc]) => [providerId, { pausedUntilUtc }]));
}
