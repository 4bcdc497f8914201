import type { ChannelName } from "#app/channels/channel.ts";

export const CAMPAIGN_STATES = [
	"draft",
	"scheduled",
	"preparing",
	"sending",
	"paused",
	"done",
	"cancelled",
	"failed",
] as const;
export type CampaignState = (typeof CAMPAIGN_STATES)[number];
export type PausedFrom = "scheduled" | "preparing" | "sending";

/** What a person can do to a campaign. */
export type CampaignDeed = "update" | "start" | "pause" | "resume" | "cancel";

const DEEDS: Record<CampaignState, CampaignDeed[]> = {
	draft: ["update", "start", "cancel"],
	scheduled: ["pause", "cancel"],
	preparing: ["pause", "cancel"],
	sending: ["pause", "cancel"],
	paused: ["resume", "cancel"],
	done: [],
	cancelled: [],
	failed: [],
};

/** What can be done with a campaign in this state. */
export function deedsOf(state: CampaignState): readonly CampaignDeed[] {
	return DEEDS[state];
}

/** No person and no job changes it any more; receipts may still move its messages. */
export function isFinal(state: CampaignState): boolean {
	return DEEDS[state].length === 0;
}

/** Its figures move while somebody looks. */
export function isMoving(state: CampaignState): boolean {
	return state === "scheduled" || state === "preparing" || state === "sending";
}

/** How many messages are in each state, as the counters row keeps them: each message in one. */
export interface Counters {
	queued: number;
	claimed: number;
	handedOver: number;
	unknown: number;
	sent: number;
	cancelled: number;
	rejected: number;
	failed: number;
	expired: number;
	delivered: number;
	read: number;
}

/** The same as people read it: who was sent to includes who received it, and that includes who read it. */
export interface Funnel {
	total: number;
	/** The provider has confirmed it, or more. */
	sent: number;
	delivered: number;
	read: number;
	/** Waiting: queued or in a worker's hands. */
	waiting: number;
	/** With the provider, nothing heard yet; and those whose call's outcome is not known. */
	handedOver: number;
	unknown: number;
	/** Did not arrive: rejected, failed, expired. */
	lost: number;
	cancelled: number;
}

export function funnelOf(counters: Counters): Funnel {
	const delivered = counters.delivered + counters.read;
	const waiting = counters.queued + counters.claimed;
	const lost = counters.rejected + counters.failed + counters.expired;
	const sent = counters.sent + delivered;
	const { handedOver, unknown, cancelled, read } = counters;
	return {
		total: waiting + handedOver + unknown + sent + lost + cancelled,
		sent,
		delivered,
		read,
		waiting,
		handedOver,
		unknown,
		lost,
		cancelled,
	};
}

export interface Campaign {
	id: number;
	accountId: number;
	name: string;
	channel: ChannelName;
	sender: string;
	text: string;
	collectionId: number;
	state: CampaignState;
	pausedFrom: PausedFrom | null;
	/** A cause key, when the system paused or failed it. */
	cause: string | null;
	startAtUtc: number | null;
	version: number;
	firstMessageId: number | null;
	messageCount: number;
	createdAtUtc: number;
	startedAtUtc: number | null;
	finishedAtUtc: number | null;
}

/** It was paused before it began, and its moment has passed meanwhile: whoever resumes it begins it. */
export function beginsOnResume(of: Pick<Campaign, "state" | "pausedFrom" | "startAtUtc">, now: number): boolean {
	return of.state === "paused" && of.pausedFrom === "scheduled" && (of.startAtUtc ?? 0) <= now;
}
