import type { Receipt } from "#app/channels/channel.ts";
import { log } from "#app/lib/log.ts";
import { applyChanges } from "#app/modules/messages/apply-changes.server.ts";
import { MESSAGE_STATE } from "#app/modules/messages/message-state.ts";
import { VALIDITY_SECONDS } from "#app/modules/messages/validity.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { duePolls, endPoll, type Poll, pollAgain, providersToPoll } from "#jobs/wire/polls.ts";
import { type KnownBatch, readBatch } from "#jobs/wire/read-batch.ts";
import { recordEvidence } from "#jobs/wire/record-evidence.ts";
import { askedMessage, providerMessageIdOf } from "./asked-message.server.ts";
import type { ProviderLine } from "./line.server.ts";
import { isReadAsked, pollGapMs } from "./poll-gap.ts";
import { providerLine } from "./provider-line.server.ts";
import { receiptChanges } from "./receipt-changes.server.ts";

const CAMPAIGNS_A_TURN = 20;
/** How long a provider's turn lasts before the due are looked up anew. */
const TURN_MS = 2_000;
/** Few at first, so that a provider that answers nobody is found out soon. */
const IDS_FIRST = 10;
const IDS_A_QUESTION = 100;
/** A provider may report a moment after the message's own time is over. */
const GRACE_MS = 3_600_000;
const PROVIDER_TROUBLE_MS = 60_000;

/** Providers whose turn is under way in this process. */
const running = new Map<number, Promise<void>>();

/**
 * Asks the providers that do not call back what became of the messages that they have taken: each by itself, so that a slow one
 * holds up no other, on connections apart from those that messages go out on.
 *
 * @returns when every turn has been started; `allPollsEnded` waits for them.
 */
export async function pollReceipts(isStopping: () => boolean): Promise<void> {
	for (const providerId of await providersToPoll()) {
		if (running.has(providerId) || isStopping()) continue;
		const turn = pollProvider(providerId, isStopping)
			.catch((error) => log.warn({ err: error, providerId }, "a provider could not be asked about its messages"))
			.finally(() => running.delete(providerId));
		running.set(providerId, turn);
	}
}

export async function allPollsEnded(): Promise<void> {
	await Promise.all(running.values());
}

async function pollProvider(providerId: number, isStopping: () => boolean): Promise<void> {
	const untilMs = Date.now() + TURN_MS;
	for (const poll of await duePolls(providerId, CAMPAIGNS_A_TURN)) {
		if (isStopping() || Date.now() > untilMs) return;
		if (!(await pollBatch(poll, isStopping))) return;
	}
}

interface StateRow {
	id: number;
	attempt: number;
	state: number;
}

/** @returns whether the provider answers at all. */
async function pollBatch(poll: Poll, isStopping: () => boolean): Promise<boolean> {
	const batch = await readBatch(poll.batchId);
	const line = lineOf(poll.providerId);
	if (!batch || !line?.adapter.ask) {
		// Forgotten, or at a provider that can no longer be asked: a row that stayed would be due for ever.
		await (batch && !line ? pollAgain(poll.batchId, PROVIDER_TROUBLE_MS) : endPoll(poll.batchId));
		return true;
	}
	const ageMs = Date.now() - batch.sentAtUtc;
	const rows = statesOf(batch);
	const open = rows.filter((row) => isOpen(row, line) && isOf(row, batch));
	const isOver = ageMs > VALIDITY_SECONDS * 1000 + GRACE_MS;
	const asked = open.filter((row) => row.state < MESSAGE_STATE.delivered || isReadAsked(poll.asked));
	const isAnswering = isOver || (await ask(line, batch, asked, isStopping));
	// What is only claimed by now was answered all the same: its outcome is on the way into the books.
	const isLeft = open.length > 0 || rows.some((row) => row.state === MESSAGE_STATE.claimed);
	if (isLeft && !isOver) await pollAgain(poll.batchId, pollGapMs(ageMs));
	else await endPoll(poll.batchId);
	return isAnswering;
}

function lineOf(providerId: number): ProviderLine | undefined {
	try {
		return providerLine(providerId);
	} catch (error) {
		log.warn({ err: error, providerId }, "a provider could not be set up");
		return undefined;
	}
}

function statesOf({ firstMessageId, recipients }: KnownBatch): StateRow[] {
	return readBooks((tx) =>
		tx
			.sql<StateRow>("SELECT id, attempt, state FROM message_states WHERE id BETWEEN ? AND ? ORDER BY id")
			.all(firstMessageId, firstMessageId + recipients.length - 1),
	);
}

/** Taken, and something better may still be heard of it. */
function isOpen({ state }: StateRow, { channel }: ProviderLine): boolean {
	if (state === MESSAGE_STATE.delivered) return channel !== "sms";
	return state === MESSAGE_STATE.handed_over || state === MESSAGE_STATE.sent;
}

/** Taken in this batch: what was put back from it is another batch's by now, unless this provider named it all the same. */
function isOf({ id, attempt }: StateRow, batch: KnownBatch): boolean {
	return attempt === batch.attempt || providerMessageIdOf(batch, id) !== null;
}

/** Applies answers as they come. @returns false where the provider answered nothing. */
async function ask(
	line: ProviderLine,
	batch: KnownBatch,
	rows: StateRow[],
	isStopping: () => boolean,
): Promise<boolean> {
	const { adapter, settings, askTransport } = line;
	const needsOwnId = adapter.namesOnlyItsOwnId(settings);
	const states = new Map(rows.map((row) => [row.id, row.state]));
	const messages = rows
		// By the attempt of this batch: another provider may have it by now, and this one still delivers it.
		.map(({ id }) => askedMessage(batch, { id, attempt: batch.attempt }, batch.sentAtUtc))
		.filter((message) => !needsOwnId || message.providerMessageId !== null);
	for (let from = 0, to = IDS_FIRST; from < messages.length && !isStopping(); from = to, to += IDS_A_QUESTION) {
		const answers = await adapter.ask!(messages.slice(from, to), settings, askTransport);
		if (answers.every(({ type }) => type === "unanswered")) return false;
		await apply(
			line.providerId,
			answers.flatMap((answer) => (answer.type === "known" ? answer.receipts : [])),
			states,
		);
	}
	return true;
}

async function apply(providerId: number, said: Receipt[], states: ReadonlyMap<number, number>): Promise<void> {
	// What was known when it was asked is no news, and no evidence of anything.
	const news = receiptChanges(said).filter((change) => change.to > (states.get(change.messageId) ?? 0));
	if (news.length === 0) return;
	await recordEvidence(providerId, news);
	await inTx((tx) => applyChanges(tx, news));
}
