import { CAUSES } from "#app/channels/causes.ts";
import type { Content, RefusalKind, SendOutcome, SendResult } from "#app/channels/channel.ts";
import { isProviderMessageId } from "#app/channels/provider-message-id.ts";
import type { CallEnd } from "#app/modules/failover/health.ts";
import { noteBegun, noteEnded } from "#app/modules/failover/note-call.ts";
import type { Batch } from "#app/modules/messages/claim-messages.server.ts";
import { externalIdOf } from "#app/modules/messages/external-id.ts";
import { RESULT } from "#app/modules/messages/result.ts";
import { mayCall, type ProviderLine } from "./line.server.ts";
import { notePause, pace } from "./standing.server.ts";
import type { TurnOf } from "./turns.ts";

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

/** How the calls of a batch are made. */
export interface Manner {
	/** Whose turns they take. */
	of: { accountId: number };
	/** Recipients in a call. */
	bulkSize: number;
	/** The provider is tried with it: its breaker is half open. */
	isProbe: boolean;
	/** Asked before each call. */
	isStopping: () => boolean;
}

/**
 * Calls the provider for every message of a batch, `bulkSize` a call, on the line's shared connections. Writes nothing: the
 * intent must be durable before, the outcomes are the caller's to record. How each call went is told to the provider's health at once.
 */
export function handOverBatch(
	line: ProviderLine,
	installation: string,
	batch: Batch,
	content: Content,
	{ of, bulkSize, isProbe, isStopping }: Manner,
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
	const turn: TurnOf = { accountId: of.accountId, campaignId: batch.campaignId, sender: content.sender };
	// Nobody is called any more once the provider has asked for a pause, refused us, or its breaker has opened, or we are about to stop.
	const isOver = () => news.pauseMs > 0 || news.halt !== null || !mayCall(line, isProbe) || isStopping();
	running.ended = new Promise((resolve) => {
		let open = Math.ceil(total / bulkSize);
		const end = () => {
			line.turns.release();
			if (--open === 0) resolve();
		};
		for (let from = 0; from < total; from += bulkSize) {
			const count = Math.min(bulkSize, total - from);
			const call = () => {
				if (isOver()) {
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
				const begunAtUtc = Date.now();
				noteBegun(line.health, begunAtUtc);
				line.adapter
					.send(
						{ channel: line.channel, content, recipients, callbackUrl: line.callbackUrl },
						line.settings,
						line.transport,
					)
					.then((outcome) => {
						note(running, from, count, outcome);
						return endOf(outcome);
					})
					// An adapter that throws has a defect; the call may have been made all the same.
					.catch((): CallEnd => {
						fill(running, from, count, RESULT.unknown, CAUSES.answer_unreadable);
						return "fault";
					})
					.then((how) => {
						noteEnded(line.health, how, begunAtUtc, Date.now(), pace());
						if (news.pauseMs > 0) notePause(line.providerId, Date.now() + news.pauseMs);
						end();
					});
			};
			line.turns.take(turn, count, call, isOver);
		}
	});
	return running;
}

/** What a call says of its provider. A refusal is an answer; so is a filter that holds back single people. */
function endOf(outcome: SendOutcome): CallEnd {
	if ("all" in outcome) {
		const { type } = outcome.all;
		if (type === "throttled") return outcome.all.cause === "not_reached" ? "fault" : "throttled";
		return type === "unknown" ? "fault" : "well";
	}
	return outcome.each.every(({ type }) => type === "unknown") ? "fault" : "well";
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
