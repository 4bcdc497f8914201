import { CAUSES } from "#app/channels/causes.ts";
import { randomFrom } from "#app/lib/random-from.ts";
import { claimMessages } from "#app/modules/messages/claim-messages.server.ts";
import { MESSAGE_STATE } from "#app/modules/messages/message-state.ts";
import { RESULT } from "#app/modules/messages/result.ts";
import type { Operation } from "#app/modules/money/testing/operation.ts";
import { findLosses } from "#app/modules/pricing/find-losses.server.ts";
import { listVersion } from "#app/modules/pricing/set-prices.server.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { keyOf, ownerOf, type Place, type Scene, STORM_CHANNELS, type StormCampaign, type StormOp } from "./storm.ts";

/** Campaigns that are under way at a time. */
const WINDOW = 12;
/** Of so many operations of each worker one is everybody's: all workers ask for it under the one key. */
const SHARED_EVERY = 50;
const BATCH = 8;

const DEEDS = [
	"deposit",
	"withdraw",
	"top-up",
	"top-up",
	"top-up",
	"top-up",
	"take-back",
	"take-back",
	"zero",
] as const;
const RESULTS = [RESULT.handedOver, RESULT.handedOver, RESULT.unknown, RESULT.refused, RESULT.notTaken];
const NEWS = [
	{ to: MESSAGE_STATE.sent, cause: null },
	{ to: MESSAGE_STATE.delivered, cause: null },
	{ to: MESSAGE_STATE.delivered, cause: null },
	{ to: MESSAGE_STATE.failed, cause: CAUSES.unreachable },
	{ to: MESSAGE_STATE.expired, cause: CAUSES.expired },
	{ to: MESSAGE_STATE.read, cause: null },
];

export interface Worker {
	scene: Scene;
	worker: number;
	/** Of this worker, that were done: one of them may be asked for again. */
	done: Operation[];
	/** Told within the transaction that has just claimed messages. */
	hasClaimed(campaignId: number, firstMessageId: number, count: number): void;
}

type Below = (count: number) => number;

/**
 * The operation of this number of a worker: the same each time, but for what can only be read off the books (which version of a list is
 * shown, whose messages are out). Where there is nothing of the kind to be done now, money is
 * moved instead.
 */
export async function chooseOp(of: Worker, at: number): Promise<StormOp> {
	const move = () => randomMove(of.scene, belowBy((of.scene.seed - of.worker) * 1_000_003 + at), keyOf(of.worker, at));
	return (await chooseWhatThereIs(of, at)) ?? { do: "money", of: move() };
}

async function chooseWhatThereIs(of: Worker, at: number): Promise<StormOp | null> {
	const { scene, worker, done } = of;
	if (at % SHARED_EVERY === 0) {
		const below = belowBy(scene.seed * 31 + at);
		return { do: "money", of: randomMove(scene, below, `shared-${at}`) };
	}
	const below = belowBy((scene.seed + worker) * 1_000_003 + at);
	const kind = below(1_000);
	if (kind < 330) return { do: "money", of: randomMove(scene, below, keyOf(worker, at)) };
	if (kind < 345) return { do: "money", of: { ...randomMove(scene, below, ""), deed: "credit" } };
	if (kind < 375) return done.length > 0 ? { do: "again", of: done[below(done.length)]! } : null;
	if (kind < 380) return choosePrice(scene, below);
	const window = windowOf(scene, at);
	const draft = pick(window, "draft", below);
	if (kind < 405)
		return draft && { do: "start", campaignId: draft.id, version: draft.version, coverOnly: below(2) === 0 };
	const preparing = pick(window, "preparing", below);
	if (kind < 430) return preparing && { do: "freeze", campaignId: preparing.id };
	const sending = pick(window, "sending", below);
	if (kind < 530) return sending && chooseSettle(of, sending, below);
	if (kind < 990) return chooseHear(window, below);
	const ending = kind < 993 ? (sending ?? preparing) : null;
	if (ending) return { do: "cancel", campaignId: ending.id, version: ending.version };
	const cancelled = pick(window, "cancelled", below);
	return cancelled && { do: "close", campaignId: cancelled.id };
}

export const ownerName = (worker: number) => `storm-${worker}`;

function belowBy(seed: number): Below {
	const random = randomFrom(seed);
	random();
	return (count) => Math.floor(random() * count);
}

function randomMove({ accounts }: Scene, below: Below, formKey: string): Operation {
	const deed = DEEDS[below(DEEDS.length)]!;
	const isOutside = deed === "deposit" || deed === "withdraw";
	const sellers = accounts.filter(({ id }) => accounts.some((one) => parentOf(one) === id));
	const by = isOutside ? accounts[0]! : sellers[below(sellers.length)]!;
	const inside = accounts.filter(({ id, path }) => path.startsWith(by.path) && id !== by.id);
	// Now and then somebody asks for what is not below them.
	const among = below(40) === 0 ? accounts : inside;
	const accountId = isOutside ? by.id : among[below(among.length)]!.id;
	const most = { deposit: 40_000, withdraw: 3_000, "top-up": 3_000, "take-back": 900, zero: 1 }[deed];
	return { deed, by, accountId, amountMicros: 1 + below(most), formKey };
}

async function choosePrice(scene: Scene, below: Below): Promise<StormOp> {
	const sellers = scene.accounts.filter(({ kind }) => kind !== "client");
	const seller = sellers[below(sellers.length)]!;
	const depth = seller.path.split("/").length - 2;
	const buyers = [0, ...scene.accounts.filter((one) => parentOf(one) === seller.id).map(({ id }) => id)];
	const buyerId = buyers[below(buyers.length)]!;
	const line = {
		channel: STORM_CHANNELS[below(STORM_CHANNELS.length)]!,
		country: ["", "PL", "UA"][below(3)]!,
		kind: "",
		unitMicros: below(16) + 8 * depth,
	};
	const change = { buyerId, lines: [line], fromUtc: null };
	const version = readBooks((tx) => listVersion(tx, ownerOf(seller), buyerId));
	const { losses, hash } = await findLosses(seller, change);
	const isMeant = losses.length > 0 && below(3) > 0;
	return { do: "price", sellerId: seller.id, change, version, ...(isMeant && { losses: hash }) };
}

export const parentOf = (place: Place) => Number(place.path.split("/").at(-3));

interface Shown extends StormCampaign {
	state: string;
	version: number;
}

/** The campaigns come one after the other, some at a time, in the same order for every worker. */
function windowOf({ campaigns, operations }: Scene, at: number): Shown[] {
	const front = Math.floor((at / operations) * campaigns.length);
	return readBooks((tx) =>
		campaigns.slice(Math.max(0, front - WINDOW), front + 1).map((campaign) => ({
			...campaign,
			...tx
				.sql<{ state: string; version: number }>("SELECT state, version FROM campaigns WHERE id = ? AND account_id = ?")
				.get(campaign.id, campaign.accountId)!,
		})),
	);
}

function pick(window: Shown[], state: string, below: Below): Shown | null {
	const some = window.filter((one) => one.state === state);
	return some[below(some.length)] ?? null;
}

/** Claims messages, as whoever sends does before it calls; what came of the calls is the operation. */
async function chooseSettle({ scene, worker, hasClaimed }: Worker, { id, accountId }: StormCampaign, below: Below) {
	const { providerId } = scene;
	const wish = { accountId, campaignId: id, providerId, owner: ownerName(worker), from: 0, size: 1e7 };
	const batch = await inTx((tx) => {
		let asked = 0;
		const claimed = claimMessages(tx, { ...wish, goesAlong: () => ++asked <= BATCH });
		if (claimed) hasClaimed(id, claimed.firstMessageId, claimed.recipients.length);
		return claimed;
	});
	if (!batch) return null;
	const { batchId, attempt, firstMessageId, recipients } = batch;
	const results = recipients.map(() => RESULTS[below(RESULTS.length)]!);
	return { do: "settle" as const, campaignId: id, batchId, attempt, firstMessageId, results };
}

/** News of one message of a campaign, or of several at once where all of them cost the same. */
function chooseHear(window: Shown[], below: Below): StormOp | null {
	const first = below(window.length);
	for (const campaign of [...window.slice(first), ...window.slice(0, first)]) {
		const out = whatIsOut(campaign);
		if (out.length === 0) continue;
		const isMixed = new Set(campaign.countries).size > 1;
		const count = isMixed || below(2) === 0 ? 1 : 1 + below(BATCH);
		const from = below(out.length);
		return {
			do: "hear",
			campaignId: campaign.id,
			messageIds: out.slice(from, from + count),
			...NEWS[below(NEWS.length)]!,
		};
	}
	return null;
}

/** Of a message that nobody has been handed nothing can be heard, and of one that was read nothing more. */
function whatIsOut({ id, accountId }: StormCampaign): number[] {
	return readBooks((tx) =>
		tx
			.sql<{ id: number }>(
				`SELECT s.id FROM message_states s JOIN campaigns c ON c.id = ? AND c.account_id = ?
				  WHERE s.id >= c.first_message_id AND s.id < c.first_message_id + c.message_count AND s.state >= ? AND s.state NOT IN (?, ?)
				  ORDER BY s.id`,
			)
			.all(id, accountId, MESSAGE_STATE.handed_over, MESSAGE_STATE.cancelled, MESSAGE_STATE.read)
			.map((row) => row.id),
	);
}
