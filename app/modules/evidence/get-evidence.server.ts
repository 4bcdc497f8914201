import { type CauseKey, causeKeyOf } from "#app/channels/causes.ts";
import { log } from "#app/lib/log.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { getCampaign } from "#app/modules/campaigns/campaign.queries.server.ts";
import { getMessageCharge } from "#app/modules/charging/get-message-charge.server.ts";
import { installationId } from "#app/modules/delivery/installation-id.server.ts";
import { getFallback } from "#app/modules/fallback/get-fallback.server.ts";
import { externalIdOf } from "#app/modules/messages/external-id.ts";
import { getMessage } from "#app/modules/messages/get-message.server.ts";
import { type MessageState, messageStateOf } from "#app/modules/messages/message-state.ts";
import { RESULT } from "#app/modules/messages/result.ts";
import { readBooks } from "#db/tx.ts";
import { WIRE_DAYS_KEPT } from "#jobs/wire/partitions.ts";
import { readBodies } from "#jobs/wire/read-bodies.ts";
import { type AnswerRow, type ProofRow, readEvidence } from "#jobs/wire/read-evidence.ts";
import { MessageNotFoundError } from "./evidence.errors.ts";
import { charactersToRead, maskAndCut, maskNumbers } from "./mask-raw.ts";
import { knowsProviders, providerNames, type ShownProvider, secretsOf } from "./provider-names.server.ts";

/** Of each callback; the callback's own page has it whole. */
const RAW_SHOWN = 1_500;
/** Callbacks whose text stands on the page itself. */
const RAWS_SHOWN = 10;

export type ResultName = Exclude<keyof typeof RESULT, "none" | "settledBefore">;
const RESULT_NAMES = new Map<number, ResultName>(
	Object.entries(RESULT).map(([name, number]) => [number, name as ResultName]),
);

/** One call for the message, and what came of it. */
export interface ShownAttempt {
	attempt: number;
	provider: ShownProvider;
	atUtc: number;
	sender: string | null;
	text: string | null;
	/** Ours, as the provider was told it. */
	externalId: string;
	answers: {
		result: ResultName;
		cause: CauseKey | null;
		atUtc: number;
		/** The provider's own; only for whoever knows the providers: its look gives them away. */
		providerMessageId: string | null;
	}[];
}

/** One thing that a provider said later. */
export interface ShownProof {
	attempt: number;
	provider: ShownProvider;
	state: MessageState;
	cause: CauseKey | null;
	saidAtUtc: number | null;
	receivedAtUtc: number;
	appliedAtUtc: number;
	/** It was asked; else it called. */
	wasAsked: boolean;
	/** For whoever knows the providers: the callback, and the beginning of its text. */
	callback: { id: number; raw: string | null; isCut: boolean } | null;
}

/** What there is of evidence: all of it, none any more because the wire keeps it only for so long, or it cannot be read now. */
export type Standing = "whole" | "too_old" | "away";

/**
 * Everything that proves what became of one message: every attempt with the provider's answers, and everything that was said later, with its
 * three times. For whoever may read the campaign.
 *
 * @throws CampaignNotFoundError, MessageNotFoundError
 */
export async function getEvidence(actor: Actor, campaignId: number, messageId: number) {
	const { campaign, leg, message, charge } = readBooks((tx) => {
		const campaign = getCampaign(tx, actor, campaignId);
		const own = getMessage(tx, actor, campaign, messageId);
		const second = own ? null : getFallback(tx, campaign);
		const message = own ?? (second && getMessage(tx, actor, second, messageId));
		const charge = message ? getMessageCharge(tx, actor, campaign, messageId) : null;
		return { campaign, leg: second ?? campaign, message, charge };
	});
	if (!message) throw new MessageNotFoundError(`no message ${messageId} in campaign ${campaignId}`);
	const { id, name } = campaign;
	const { channel } = leg;
	const shown = { campaign: { id, name, channel }, message, charge, daysKept: WIRE_DAYS_KEPT };
	try {
		const found = await readEvidence(leg.id, messageId);
		const nameOf = providerNames(actor);
		const attempts = found.attempts.map(
			({ batchId, providerId, ...one }): ShownAttempt => ({
				...one,
				provider: nameOf(providerId),
				externalId: externalIdOf(installationId(), messageId, one.attempt),
				answers: found.answers
					.filter((answer) => answer.batchId === batchId)
					.map((answer) => shownAnswer(actor, answer)),
			}),
		);
		const proofs = await shownProofs(actor, found.proofs, nameOf);
		const isTouched = message.state !== "queued" && message.state !== "cancelled";
		const standing: Standing = isTouched && attempts.length === 0 ? "too_old" : "whole";
		return { ...shown, standing, attempts, proofs };
	} catch (error) {
		log.warn({ error: String(error) }, "evidence could not be read from the wire");
		return { ...shown, standing: "away" as Standing, attempts: [], proofs: [] };
	}
}

function shownAnswer(actor: Actor, { result, cause, atUtc, providerMessageId }: AnswerRow): ShownAttempt["answers"][0] {
	const isShown = providerMessageId !== null && knowsProviders(actor);
	return {
		result: RESULT_NAMES.get(result) ?? "unknown",
		cause: cause === 0 ? null : causeKeyOf(cause),
		atUtc,
		providerMessageId: isShown ? maskNumbers(actor, providerMessageId) : null,
	};
}

async function shownProofs(
	actor: Actor,
	rows: ProofRow[],
	nameOf: (providerId: number) => ShownProvider,
): Promise<ShownProof[]> {
	const isRawShown = knowsProviders(actor);
	const wanted = isRawShown ? rows.flatMap(({ receiptId }) => receiptId ?? []).slice(-RAWS_SHOWN) : [];
	const bodies = await readBodies(wanted, charactersToRead(RAW_SHOWN));
	return rows.map(({ receiptId, state, cause, providerId, ...row }) => ({
		...row,
		provider: nameOf(providerId),
		state: messageStateOf(state),
		cause: cause === null ? null : causeKeyOf(cause),
		wasAsked: receiptId === null,
		callback: isRawShown && receiptId !== null ? shownCallback(actor, providerId, receiptId, bodies) : null,
	}));
}

function shownCallback(
	actor: Actor,
	providerId: number,
	id: number,
	bodies: Map<number, string>,
): NonNullable<ShownProof["callback"]> {
	const body = bodies.get(id);
	if (body === undefined) return { id, raw: null, isCut: false };
	const { text, isCut } = maskAndCut(actor, body, secretsOf(providerId), RAW_SHOWN);
	return { id, raw: text, isCut };
}
