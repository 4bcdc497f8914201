import { env } from "#app/lib/env.ts";
import { log } from "#app/lib/log.ts";
import { type Health, newHealth, type Pace } from "#app/modules/failover/health.ts";
import { mergeHealth, type StoredHealth, storedOf } from "#app/modules/failover/merge-health.ts";
import { stepHealth } from "#app/modules/failover/step-health.ts";
import { type KeptHealth, meetHealth, readHealth } from "#jobs/wire/provider-health.ts";

/** While all is at rest the wire is only looked at, this often. */
const LOOK_MS = 5_000;

const healths = new Map<number, Health>();
/** Unix ms until which a provider asked not to be called. */
const pauses = new Map<number, number>();
let loaded: Promise<void> | undefined;
let lookedAt = 0;

export function pace(): Pace {
	return { stepMs: env().FAILOVER_STEP_MS };
}

/** A provider's health as this process knows it: changed by its calls at once, brought together with the others' by `beatHealth`. */
export function healthOf(providerId: number): Health {
	let health = healths.get(providerId);
	if (!health) {
		health = newHealth(Date.now());
		healths.set(providerId, health);
	}
	return health;
}

export function pausedUntil(providerId: number): number {
	return pauses.get(providerId) ?? 0;
}

/** This process has heard of a pause; `pauseProvider` tells the others. */
export function notePause(providerId: number, untilUtc: number): void {
	pauses.set(providerId, Math.max(pausedUntil(providerId), untilUtc));
}

/** Resolves when this process knows how the providers stood when the last one ended. */
export function loadHealth(): Promise<void> {
	loaded ??= readHealth().then(
		(kept) => {
			for (const [providerId, health] of kept.healths) mergeHealth(healthOf(providerId), health);
			notePauses(kept);
		},
		(error) => {
			loaded = undefined;
			throw error;
		},
	);
	return loaded;
}

/** An active provider: those of one channel could stand in for each other. */
export interface Peer {
	id: number;
	channel: string;
}

/**
 * Judges the providers and brings together what all processes know of them; `beatHealth` and the sending nodes call it about once a second. Nothing is written while all is
 * well and nobody is called. While Postgres is away this process judges by what it knows itself.
 */
export async function shareHealth(peers: () => Peer[]): Promise<void> {
	await loadHealth();
	const now = Date.now();
	const isMoving = [...healths.values()].some(
		({ fresh, factor, breaker, underWay }) =>
			fresh.calls > 0 || underWay > 0 || factor < 1 || breaker.state !== "closed",
	);
	if (!isMoving && now - lookedAt < LOOK_MS) return;
	lookedAt = now;
	try {
		await meetHealth((kept) => mergeAll(kept, peers()));
	} catch (error) {
		log.warn({ error: String(error) }, "the providers' health could not be shared");
		mergeAll({ healths: new Map(), pauses: new Map() }, peers());
	}
}

function mergeAll(kept: KeptHealth, peers: Peer[]): Map<number, StoredHealth> {
	notePauses(kept);
	for (const providerId of kept.healths.keys()) healthOf(providerId);
	for (const [providerId, health] of healths) mergeHealth(health, kept.healths.get(providerId));
	for (const group of Map.groupBy(peers, ({ channel }) => channel).values())
		stepHealth(
			group.map(({ id }) => healthOf(id)),
			Date.now(),
			pace(),
		);
	return new Map([...healths].map(([providerId, health]) => [providerId, storedOf(health)]));
}

function notePauses(kept: KeptHealth): void {
	const now = Date.now();
	for (const [providerId, ms] of kept.pauses) notePause(providerId, now + ms);
}

/** Forgets what this process knows of the providers: it is loaded again when it is needed. */
export function forgetHealth(): void {
	healths.clear();
	pauses.clear();
	loaded = undefined;
	lookedAt = 0;
}
