import type { ChannelName } from "#app/channels/channel.ts";
import type { Funnel } from "#app/modules/campaigns/campaign.ts";
import type { FallbackRule } from "./fallback-rule.ts";

/** A campaign's second leg, with what has become of it. */
export interface Fallback extends FallbackRule {
	/** The campaign that no list shows. */
	id: number;
	channel: ChannelName;
	sender: string;
	text: string;
	firstMessageId: number | null;
	messageCount: number;
	/** What it waits for while the campaign is sent; else the campaign's own. */
	cause: string | null;
	funnel: Funnel;
	/** People whose first message was delivered after the second had left; and those of them who got both. */
	late: number;
	both: number;
}

/** People to whom at least one of the two was delivered. */
export function reachedBy(first: Pick<Funnel, "delivered">, second: Pick<Fallback, "funnel" | "both">): number {
	return first.delivered + second.funnel.delivered - second.both;
}

/** What a live page moves of the second leg, beside the first leg's funnel. */
export function secondFigures(first: Funnel, second: Fallback | null): Record<string, number> {
	if (!second) return {};
	const { total, waiting, sent, delivered, read, lost, cancelled } = second.funnel;
	return {
		secondTotal: total,
		secondWaiting: waiting,
		secondSent: sent,
		secondDelivered: delivered,
		secondRead: read,
		secondLost: lost,
		secondCancelled: cancelled,
		late: second.late,
		both: second.both,
		reached: reachedBy(first, second),
	};
}
