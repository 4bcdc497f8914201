import type { Campaign } from "./campaign.ts";

/**
 * What of a campaign's page is words that only the server writes: where it changes, a live page is loaded anew. What either leg waits for
 * comes and goes without a new version.
 */
export function liveMark(
	campaign: Pick<Campaign, "version" | "cause">,
	second: { cause: string | null } | null,
): string {
	return [campaign.version, campaign.cause, second?.cause].join("/");
}
