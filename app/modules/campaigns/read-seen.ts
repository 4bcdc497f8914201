import { CAMPAIGN_STATES } from "./campaign.ts";
import type { Seen } from "./require-own-campaign.server.ts";

/** What a page's form says that it showed. Rubbish becomes a version that no campaign has: the deed is refused as stale. */
export function readSeen(fields: { get(name: string): unknown }): Seen {
	const version = Number(fields.get("version"));
	const state = CAMPAIGN_STATES.find((one) => one === fields.get("state")) ?? "draft";
	return { version: Number.isSafeInteger(version) ? version : 0, state };
}

/** The choice to send to as many as the balance covers, with the number that the button named; left out of the form: to all. */
export function readCover(fields: { get(name: string): unknown }): { coverOnly: boolean; coverSeen?: number } {
	const cover = fields.get("cover");
	return cover === null ? { coverOnly: false } : { coverOnly: true, coverSeen: Number(cover) };
}
