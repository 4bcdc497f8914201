import { CAUSES } from "#app/channels/causes.ts";
import type { Content, RefusalKind, SendOutcome, SendResult } from "#app/channels/channel.ts";
import { isProviderMessageId } from "#app/channels/provider-message-id.ts";
import type { Batch } from "#app/modules/messages/claim-messages.server.ts";
import { externalIdOf } from "#app/modules/messages/external-id.ts";
import { RESULT } from "#app/modules/messages/settle-batch.server.ts";
import type { ProviderLine } from "./provider-line.server.ts";

/** What a batch came to beside its results. */
export interface BatchNews {
	/** Set when the provider asked for a pause for everybody: milliseconds. */
	pauseMs: number;
	/** Longest pause that the provider asked for on behalf of single people: milliseconds. */
	restMs: number;
	/** Set when nothing more of this campaign can go until somebody mends it: a key of CAUSES. */
	halt: { kind: RefusalKind; cause: keyof typeof CAUSES } | null;
	/** Calls that were made. */
	calls: number;
}

/** A batch on its way: results fill in as the calls end. */
export interface RunningBatch {
	results: Uint8Array;
	causes: Uint8Array;
	providerMessageIds: string[] | undefined;
	news: BatchNews;
	/** Resolves when every call has ended; never rejects. */
	ended: Promise<void>;
}

/**
 * Calls the provider for every message of a batch, `bulkSize` a call, on the line's shared connections. Writes nothing: the
 * intent must be durable before, the outcomes are the caller's to record.
 */
export function handOverBatch(
	line: ProviderLine,
	installation: string,
	batch: Batch,
	content: Content,
	bulkSize: number,
	isStopping: () => boolean,
): RunningBatch {
	const total = batch.recipients.length;
	const running: RunningBatch = {
		results: new Uint8Array(total),
		causes: new Uint8Array(total),
		providerMessageIds: undefined,
		news: { pauseMs: 0, restMs: 0, halt: null, calls: 0 },
		ended: Promise.resolve(),
	};
	const { news } = running;
	running.ended = new Promise((resolve) => {
		let open = Math.ceil(total / bulkSize);
		const end = () => {
			line.slots.release();
			if (--open === 0) resolve();
		};
		for (let from = 0; from < total; from += bulkSize) {
			const count = Math.min(bulkSize, total - from);
			line.slots.take(() => {
				// Nobody is called any more once the provider has asked for a pause, refused us, or we are about to stop.
				if (news.pauseMs > 0 || news.halt || line.pausedUntil > Date.now() || isStopping()) {
					fill(running, from, count, RESULT.notTaken, 0);
					end();
					return;
				}
				const recipients = new Array(count);
				for (let i = 0; i < count; i++) {
					recipients[i] = {
						externalId: externalIdOf(installation, batch.firstMessageId + from + i, batch.attempt),
						to: batch.recipients[from + i]!,
					};
				}
				news.calls++;
				line.adapter
					.send(
						{ channel: line.channel, content, recipients, callbackUrl: line.callbackUrl },
						line.settings,
						line.transport,
					)
					.then((outcome) => note(running, from, count, outcome))
					// An adapter that throws has a defect; the call may have been made all the same.
					.catch(() => fill(running, from, count, RESULT.unknown, CAUSES.answer_unreadable))
					.then(end);
			});
		}
	});
	return running;
}

function fill(running: RunningBatch, from: number, count: number, result: number, cause: number): void {
	running.results.fill(result, from, from + count);
	running.causes.fill(cause, from, from + count);
}

function note(running: RunningBatch, from: number, count: number, outcome: SendOutcome): void {
	if ("all" in outcome) {
		const one = outcome.all;
		fill(running, from, count, resultOf(one, running.news), causeOf(one));
		if (one.type === "throttled") running.news.pauseMs = Math.max(running.news.pauseMs, one.retryAfterMs, 1);
		if (count === 1) noteId(running, from, one);
		return;
	}
	for (let i = 0; i < count; i++) {
		const one = outcome.each[i] ?? { type: "unknown", cause: "answer_unreadable" };
		running.results[from + i] = resultOf(one, running.news);
		running.causes[from + i] = causeOf(one);
		if (one.type === "throttled") running.news.restMs = Math.max(running.news.restMs, one.retryAfterMs);
		noteId(running, from + i, one);
	}
}

/** What the provider calls it: for whoever asks the provider about it one day. */
function noteId(running: RunningBatch, at: number, one: SendResult): void {
	if (one.type !== "accepted" || !isProviderMessageId(one.providerMessageId ?? "")) return;
	running.providerMessageIds ??= new Array(running.results.length).fill("");
	running.providerMessageIds[at] = one.providerMessageId!;
}

function resultOf(one: SendResult, news: BatchNews): number {
	switch (one.type) {
		case "accepted":
			return one.state === "sent" ? RESULT.sent : RESULT.handedOver;
		case "throttled":
			return RESULT.again;
		case "unknown":
			return RESULT.unknown;
		case "refused":
			if (one.kind === "balance" || one.kind === "config") {
				news.halt ??= { kind: one.kind, cause: one.cause };
				return RESULT.again;
			}
			return one.permanent ? RESULT.refused : RESULT.again;
	}
}

function causeOf(one: SendResult): number {
	return one.type === "accepted" ? 0 : CAUSES[one.cause];
}
