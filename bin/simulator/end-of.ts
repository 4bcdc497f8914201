import type { MessageEnd, Misfortune } from "#app/channels/fake/one-by-one.ts";
import { expectedFate } from "#app/channels/viber/infobip/fake-fates.ts";

const MISFORTUNES: readonly string[] = [
	"not_on_channel",
	"blocked_by_recipient",
	"expired",
	"unreachable",
] satisfies Misfortune[];

/**
 * What becomes of a message by the number's digits, whichever provider has it. An SMS needs no Viber, and nobody has blocked its sender;
 * cues that are Infobip's own affair (its codes, its calls) are numbers like any other to the rest.
 */
export function endOf({ to, channel }: { to: string; channel: string }): MessageEnd {
	const { state, cause = "" } = expectedFate(to);
	if (state === "delivered") return "delivered";
	if (!MISFORTUNES.includes(cause)) return "read";
	const isOfViber = cause === "not_on_channel" || cause === "blocked_by_recipient";
	return channel === "sms" && isOfViber ? "delivered" : (cause as Misfortune);
}
