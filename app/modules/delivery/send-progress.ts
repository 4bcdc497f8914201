import { Shares } from "#app/modules/failover/shares.ts";

/**
 * Where this process is in handing a campaign over. Only a hint to where queued messages are to be found next and how large
 * calls are to be: what was sent is told by the messages' states alone, so all of it may be lost at any moment.
 */
export interface Progress {
	isRunning: boolean;
	/** Batches under way. */
	underWay: Set<Promise<void>>;
	/** When each provider was given those of them that it has, the oldest first; unix ms. */
	underWayOf: Map<number, number[]>;
	/** How many of each provider's are left to senders. */
	offeredOf: Map<number, number>;
	/** Who has had how much of it. */
	shares: Shares;
	isSecondLeg: boolean;
	/** Why it waits, as its page says; null: it does not. */
	waitsFor: string | null;
	nextId: number;
	/** How often the campaign has been gone through for what was put back. */
	pass: number;
	/** Unix ms: the next pass begins then. */
	restAtUtc: number;
	/** The shortest rest before the next pass that the provider asked for; milliseconds. */
	restMs: number;
	/** Number of CAUSES: why something was put back last. */
	putBackFor: number;
}

const campaigns = new Map<number, Progress>();

/** Batches whose calls this process is making. */
export const liveBatches = new Set<number>();

export function progressOf(campaignId: number): Progress {
	let progress = campaigns.get(campaignId);
	if (!progress) {
		progress = {
			isRunning: false,
			underWay: new Set(),
			underWayOf: new Map(),
			offeredOf: new Map(),
			shares: new Shares(),
			isSecondLeg: false,
			waitsFor: null,
			nextId: 0,
			pass: 0,
			restAtUtc: 0,
			restMs: 0,
			putBackFor: 0,
		};
		campaigns.set(campaignId, progress);
	}
	return progress;
}

/** Messages from this id on are queued again without having been refused: they are next in line, and in calls as large as before. */
export function goBackTo(campaignId: number, messageId: number): void {
	const progress = campaigns.get(campaignId);
	if (progress) progress.nextId = Math.min(progress.nextId, messageId);
}

export function slicesRunning(): number {
	let running = 0;
	for (const { isRunning } of campaigns.values()) if (isRunning) running++;
	return running;
}

export function isBeingSent(campaignId: number): boolean {
	return campaigns.get(campaignId)?.isRunning ?? false;
}

export function forgetProgress(campaignId: number): void {
	const progress = campaigns.get(campaignId);
	if (progress && !progress.isRunning && progress.underWay.size === 0) campaigns.delete(campaignId);
}

/** Resolves when no batch is under way in this process. */
export async function allBatchesEnded(): Promise<void> {
	for (;;) {
		const open = [...campaigns.values()].flatMap((progress) => [...progress.underWay]);
		if (open.length === 0) return;
		await Promise.all(open);
	}
}
