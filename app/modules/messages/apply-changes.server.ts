import type { Tx } from "#db/tx.ts";
import { type CampaignRange, CounterDeltas } from "./counter-deltas.server.ts";
import { lookSoon } from "./look-soon.server.ts";
import { meetLegs } from "./meet-legs.server.ts";
import { floorOf, MESSAGE_STATE, moves } from "./message-state.ts";
import { CHARGE_CASE, type Charged, type ChargesAfter, chargesAfter, noteCharge } from "./move-charges.server.ts";
import { stopOptOuts } from "./stop-opt-outs.server.ts";

/** What was learned about one message. */
export interface Change {
	messageId: number;
	/** The attempt that it was learned about; 0: whichever. Bad news about an attempt that is no longer the current one is old news. */
	attempt: number;
	/** Rank of the state to move to. */
	to: number;
	cause: number | null;
	/** Unix seconds. */
	at: number;
}

interface Run extends Omit<Change, "messageId"> {
	first: number;
	end: number;
}

const TIME_COLUMN: Record<number, string> = {
	[MESSAGE_STATE.handed_over]: "handed_at = coalesce(handed_at, ?)",
	// It may have been taken then: from this moment on its person waits.
	[MESSAGE_STATE.unknown]: "handed_at = coalesce(handed_at, ?)",
	[MESSAGE_STATE.sent]: "sent_at = ?",
	[MESSAGE_STATE.delivered]: "delivered_at = ?",
	[MESSAGE_STATE.read]: "read_at = ?",
};

/** Rows that say the same about neighbouring ids become one run: one statement moves a thousand of them. */
function* runsOf(changes: Change[]): Generator<Run> {
	let run: Run | undefined;
	for (const change of changes) {
		if (
			run &&
			change.messageId === run.end &&
			change.to === run.to &&
			change.cause === run.cause &&
			change.attempt === run.attempt
		) {
			run.end++;
			continue;
		}
		if (run) yield run;
		run = { ...change, first: change.messageId, end: change.messageId + 1 };
	}
	if (run) yield run;
}

/**
 * Applies what was learned to the books: each message moves only if its state allows it, so applying twice, late or in any
 * order comes to the same. Counters and causes follow in the same transaction. Ids that no campaign has are passed over.
 *
 * @param changes in any order; several about one message are applied in theirs.
 * @returns the ids that no campaign has.
 */
export function applyChanges(tx: Tx, changes: Change[], deltas = new CounterDeltas(tx)): number[] {
	const strangers: number[] = [];
	// Sorted by id the writes touch each page once; the sort is stable, so news about one message keeps its order.
	const sorted = isSorted(changes) ? changes : [...changes].sort((a, b) => a.messageId - b.messageId);
	for (const run of runsOf(sorted)) applyRun(tx, run, deltas, strangers);
	deltas.write();
	return strangers;
}

function isSorted(changes: Change[]): boolean {
	for (let i = 1; i < changes.length; i++) if (changes[i - 1]!.messageId > changes[i]!.messageId) return false;
	return true;
}

function applyRun(tx: Tx, run: Run, deltas: CounterDeltas, strangers: number[]): void {
	let first = run.first;
	while (first < run.end) {
		const campaign = deltas.campaignOf(first);
		if (!campaign) {
			strangers.push(first);
			first++;
			continue;
		}
		const last = Math.min(run.end, campaign.end) - 1;
		applyWithin(tx, run, first, last, campaign, deltas);
		first = last + 1;
	}
}

/** Messages that stand alike. */
interface Alike {
	state: number;
	attempt: number;
	cause: number | null;
	/** Those of them that cost something. */
	charged: Charged[];
}

// Receipts come scattered: one row by its key, where SQLite need neither group nor gather, takes half of the time.
const ALIKE_ONE = "SELECT state, attempt, cause FROM message_states WHERE id = ?";
const ALIKE =
	"SELECT state, attempt, cause FROM message_states WHERE id BETWEEN ? AND ? GROUP BY state, attempt, cause";
// One reading for both: each costs as much as moving the messages does.
const CHARGED = "state, attempt, cause, price_class AS priceClass, charge, provider_id AS providerId";
const ALIKE_CHARGED_ONE = `SELECT ${CHARGED}, 1 AS count FROM message_states WHERE id = ?`;
const ALIKE_CHARGED = `SELECT ${CHARGED}, count(*) AS count
	FROM message_states WHERE id BETWEEN ? AND ? GROUP BY state, attempt, cause, price_class, charge, provider_id`;

type AlikeRow = Omit<Alike, "charged">;
type ChargedRow = AlikeRow & Omit<Charged, "priceClass"> & { priceClass: number | null };

function findAlike(tx: Tx, { money }: CampaignRange, first: number, last: number): Alike[] {
	const isOne = first === last;
	if (!money || money.isPair) {
		const rows = isOne ? tx.sql<AlikeRow>(ALIKE_ONE).all(first) : tx.sql<AlikeRow>(ALIKE).all(first, last);
		return rows.map((one) => Object.assign(one, { charged: [] }));
	}
	const rows = isOne
		? tx.sql<ChargedRow>(ALIKE_CHARGED_ONE).all(first)
		: tx.sql<ChargedRow>(ALIKE_CHARGED).all(first, last);
	const found: Alike[] = [];
	for (const { state, attempt, cause, priceClass, ...of } of rows) {
		let alike = found.at(-1);
		if (alike?.state !== state || alike.attempt !== attempt || alike.cause !== cause) {
			alike = { state, attempt, cause, charged: [] };
			found.push(alike);
		}
		if (priceClass !== null) alike.charged.push({ priceClass, ...of });
	}
	return found;
}

function applyWithin(
	tx: Tx,
	run: Run,
	first: number,
	last: number,
	campaign: CampaignRange,
	deltas: CounterDeltas,
): void {
	// Whatever becomes of the messages: bad news that come too late to move one say all the same that its person said no.
	stopOptOuts(tx, campaign, first, last, run);
	const found = findAlike(tx, campaign, first, last);
	const isGood = run.to === MESSAGE_STATE.delivered || run.to === MESSAGE_STATE.read;
	for (const from of found) {
		if (!moves(from.state, run.to)) continue;
		if (run.attempt !== 0 && from.attempt !== run.attempt && !isGood) continue;
		if (isGood)
			meetLegs(
				tx,
				campaign,
				{ firstId: first, lastId: last, state: from.state, attempt: from.attempt, cause: from.cause },
				deltas,
			);
		const after = chargesAfter(campaign, from.state, run.to);
		if (after) for (const charged of from.charged) noteCharge(campaign, after, charged, deltas);
		const changes = moveAlike(tx, run, first, last, from, after);
		deltas.move(campaign, from, { state: run.to, cause: run.cause }, changes);
		if (changes > 0) deltas.meetCharges(campaign, first, last, run.to);
		if (changes > 0 && floorOf(run.to) === MESSAGE_STATE.rejected) lookSoon(tx, campaign, first, last);
	}
}

/** Moves those of messages first … last that stand as `from` says. @returns how many. */
function moveAlike(
	tx: Tx,
	{ to, cause, at }: Run,
	first: number,
	last: number,
	from: Alike,
	after: ChargesAfter | null,
): number {
	const stand = [from.state, from.attempt, from.cause];
	const ids = first === last ? [first] : [first, last];
	const args = [to, cause, ...(TIME_COLUMN[to] ? [at] : []), ...ids, ...stand];
	const statement = tx.sql(moveText(to, first === last, after !== null));
	return (after ? statement.run(...args, after) : statement.run(...args)).changes;
}

const moveTexts = new Map<number, string>();

/** Kept: a text made anew for each message is a tenth of what its move costs. Values go by place, since names are a quarter. */
function moveText(to: number, isOne: boolean, isCharged: boolean): string {
	const key = to * 4 + (isOne ? 2 : 0) + (isCharged ? 1 : 0);
	let text = moveTexts.get(key);
	if (!text) {
		const time = TIME_COLUMN[to];
		text = `UPDATE message_states SET state = ?, cause = ?${time ? `, ${time}` : ""}${isCharged ? CHARGE_CASE : ""}
			WHERE id ${isOne ? "= ?" : "BETWEEN ? AND ?"} AND state = ? AND attempt = ? AND cause IS ?`;
		moveTexts.set(key, text);
	}
	return text;
}
