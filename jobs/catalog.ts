import { z } from "zod";

const campaign = z.object({ accountId: z.number().int(), campaignId: z.number().int() });

/** Every job that there is: name → what its payload must be. Payloads carry ids, and every job is safe to run twice. */
export const catalog = {
	/** Reads an uploaded audience out of the wire's store into contacts. */
	"read-audience": z.object({ accountId: z.number().int(), collectionId: z.number().int() }),
	/** A scheduled campaign's moment has come. */
	"begin-campaign": campaign,
	/** Freezes the audience into message rows. */
	"prepare-campaign": campaign,
	/** Hands over for a slice of time, then takes its turn again. */
	"send-campaign": campaign,
	/** Queues the second leg for those of a campaign's people whom its first has not reached. */
	"fill-fallback": campaign,
	/** Moves what is still queued of a cancelled campaign to cancelled. */
	"cancel-rest": campaign,
	/** Gives back what is still held for a campaign that has ended. */
	"release-charges": campaign,
	/** Pauses what is under way of blocked accounts. */
	"halt-blocked": z.object({}),
	/** The moment has come at which a block ends by itself. */
	"end-block": z.object({ accountId: z.number().int() }),
	/** Deletes what a closed account has left, and cancels what waits. */
	"wipe-account": z.object({ accountId: z.number().int() }),
	/** Applies the wire's inbox of receipts to the books. */
	"apply-receipts": z.object({}),
	/** Reads callbacks once more: one, or all of a span that came to nothing. */
	"replay-receipts": z.object({
		receiptId: z.number().int().optional(),
		kind: z.enum(["unreadable", "unmatched"]).optional(),
		providerIds: z.array(z.number().int()),
		/** Unix ms. */
		fromUtc: z.number().optional(),
		untilUtc: z.number().optional(),
	}),
	/** Closes what no provider has reported on in the time that it had. */
	"close-silent": campaign,
	/** Every night: compares all counters with the messages. */
	recount: z.object({}),
	/** Goes on with a recount that was broken off. */
	"recount-rest": z.object({}),
	/** Every night: proves the ledger. */
	"prove-ledger": z.object({}),
	/** Hourly: the regular backup, where it is due. */
	backup: z.object({}),
	/** Every minute: balances that have fallen below what their people want to be told of. */
	"tell-low-balances": z.object({}),
	/** Every few minutes: monthly fees whose month has begun. */
	"charge-fees": z.object({}),
	/** Hourly: partitions of the wire, abandoned uploads, ended sign-ins. */
	upkeep: z.object({}),
	/** Every few minutes: the providers' figures, and what is wrong with any of them. */
	"watch-providers": z.object({}),
	/** Hourly: what credit is left with the providers. */
	"watch-balances": z.object({}),
} as const;

export type JobName = keyof typeof catalog;
export type JobPayload<N extends JobName> = z.infer<(typeof catalog)[N]>;
