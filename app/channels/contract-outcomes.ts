import { expect } from "vitest";
import type { SendOutcome, SendResult } from "./channel.ts";

/** One result for each recipient, however the adapter put it. */
export function spread(outcome: SendOutcome, recipients: number): SendResult[] {
	return "all" in outcome ? Array.from({ length: recipients }, () => outcome.all) : outcome.each;
}

/** What the provider calls it; null where it gave it no id. */
export function ownIdOf(result: SendResult | undefined): string | null {
	return (result?.type === "accepted" && result.providerMessageId) || null;
}

export const accepted = expect.objectContaining({
	type: "accepted",
	state: expect.stringMatching(/^(handed_over|sent)$/),
});
