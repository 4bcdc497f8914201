import { setTimeout as pause } from "node:timers/promises";
import type { Content } from "#app/channels/channel.ts";
import type { BatchNews } from "#app/modules/delivery/hand-over-batch.server.ts";
import { wirePool } from "./pool.ts";

/** NOTIFY channels: there is something to take or to stop, for the senders; something was said, for who has the books. */
export const OFFERS_CHANNEL = "wire_offers";
export const SAID_CHANNEL = "wire_said";

const END_LOOK_MS = 20;

/** How the calls of a batch are to be made. */
export interface OfferHow {
	accountId: number;
	/** Recipients in a call. */
	bulkSize: number;
}

/** A batch that a sender has taken, with all that its calls need. */
export interface TakenOffer extends OfferHow {
	batchId: number;
	providerId: number;
	campaignId: number;
	attempt: number;
	firstMessageId: number;
	recipients: string[];
	content: Content;
}

/** Providers of which there is something to take. */
export async function openOffers(): Promise<number[]> {
	const { rows } = await wirePool().query<{ providerId: number }>({
		name: "open-offers",
		text: `SELECT DISTINCT provider_id AS "providerId" FROM wire.offers WHERE holder IS NULL AND closed_at IS NULL AND NOT is_stopped`,
	});
	return rows.map(({ providerId }) => providerId);
}

/** Takes up to `most` batches of a provider, the oldest first: each goes to one sender and no other. None for one that was given up. */
export async function takeOffers(senderId: number, providerId: number, most: number): Promise<TakenOffer[]> {
	const { rows } = await wirePool().query<TakenOffer>({
		name: "take-offers",
		// Locked against being given up in this moment: then nothing is taken.
		text: `WITH me AS (SELECT id FROM wire.senders WHERE id = $1 AND dead_at IS NULL FOR SHARE),
		       free AS (
		         SELECT o.batch_id FROM wire.offers o, me
		          WHERE o.provider_id = $2 AND o.holder IS NULL AND o.closed_at IS NULL AND NOT o.is_stopped
		          ORDER BY o.batch_id LIMIT $3 FOR UPDATE OF o SKIP LOCKED),
		       taken AS (UPDATE wire.offers o SET holder = $1 FROM free WHERE o.batch_id = free.batch_id RETURNING o.*)
		       SELECT t.batch_id AS "batchId", t.provider_id AS "providerId", t.account_id AS "accountId", t.campaign_id AS "campaignId",
		              t.attempt, t.bulk_size AS "bulkSize", i.first_message_id AS "firstMessageId", i.recipients, i.content
		         FROM taken t JOIN wire.intents i ON i.batch_id = t.batch_id AND i.at = t.at ORDER BY t.batch_id`,
		values: [senderId, providerId, most],
	});
	return rows;
}

/** Of what a sender holds, the batches of which no further call may begin. */
export async function stoppedOffers(senderId: number): Promise<number[]> {
	const { rows } = await wirePool().query<{ batchId: number }>({
		name: "stopped-offers",
		text: `SELECT batch_id AS "batchId" FROM wire.offers WHERE holder = $1 AND (is_stopped OR closed_at IS NOT NULL)`,
		values: [senderId],
	});
	return rows.map(({ batchId }) => batchId);
}

/** An offer as who has the books sees it. */
export interface OpenOffer {
	batchId: number;
	providerId: number;
	accountId: number;
	campaignId: number;
	attempt: number;
	isHeld: boolean;
	parts: number;
	news: BatchNews | null;
	isClosed: boolean;
	isStopped: boolean;
	/** Ms since it was offered. */
	ageMs: number;
	/** As Postgres writes it: for finding its outcomes. */
	at: string;
}

/** All that the books do not know to the end yet, the oldest first. */
export async function readOffers(): Promise<OpenOffer[]> {
	const { rows } = await wirePool().query<OpenOffer>({
		name: "read-offers",
		text: `SELECT batch_id AS "batchId", provider_id AS "providerId", account_id AS "accountId", campaign_id AS "campaignId", attempt,
		              holder IS NOT NULL AS "isHeld", parts, news, closed_at IS NOT NULL AS "isClosed", is_stopped AS "isStopped",
		              (extract(epoch FROM now() - at) * 1000)::float8 AS "ageMs", at::text
		         FROM wire.offers WHERE NOT is_settled ORDER BY batch_id`,
	});
	return rows;
}

/** No further call of these campaigns' batches may begin, whoever holds them. */
export async function stopOffers(campaignIds: number[]): Promise<void> {
	await wirePool().query(
		`WITH stopped AS (UPDATE wire.offers SET is_stopped = true WHERE campaign_id = ANY($1) AND news IS NULL AND NOT is_stopped RETURNING 1)
		 SELECT pg_notify('${OFFERS_CHANNEL}', '') FROM stopped LIMIT 1`,
		[campaignIds],
	);
}

/**
 * Takes back those of these batches that nobody has taken: nobody will, and what came of them (`notTaken`, for each message) is written
 * down with it.
 */
export async function withdrawOffers(batchIds: number[], notTaken: number): Promise<void> {
	await wirePool().query(
		`WITH back AS (
		   UPDATE wire.offers SET closed_at = now() WHERE batch_id = ANY($1) AND holder IS NULL AND closed_at IS NULL RETURNING batch_id, at)
		 INSERT INTO wire.outcomes (batch_id, first_message_id, results, causes)
		 SELECT i.batch_id, i.first_message_id, array_fill($2::smallint, ARRAY[cardinality(i.recipients)]),
		        array_fill(0::smallint, ARRAY[cardinality(i.recipients)])
		   FROM back JOIN wire.intents i ON i.batch_id = back.batch_id AND i.at = back.at`,
		[batchIds, notTaken],
	);
}

/**
 * Under a new primary the books may have lost claims, and it reads the wire from the beginning of the gap: until then nobody may go on with what
 * the old one has offered. Senders are told to stop; what they say within `withinMs` counts; the rest is closed, and in doubt.
 */
export async function endOffers(withinMs: number): Promise<void> {
	await wirePool().query("UPDATE wire.offers SET is_stopped = true WHERE news IS NULL AND closed_at IS NULL");
	await wirePool().query("SELECT pg_notify($1, '')", [OFFERS_CHANNEL]);
	const open = "holder IS NOT NULL AND news IS NULL AND closed_at IS NULL";
	for (const until = Date.now() + withinMs; Date.now() < until; await pause(END_LOOK_MS)) {
		const { rowCount } = await wirePool().query(`SELECT 1 FROM wire.offers WHERE ${open} LIMIT 1`);
		if (!rowCount) return;
	}
	await wirePool().query(`UPDATE wire.offers SET closed_at = now() WHERE ${open}`);
}

/** A sender that has heard that a batch is no longer its own has ended its calls: from now on its provider's "absent" counts. */
export async function letGoOf(senderId: number, batchId: number): Promise<void> {
	await wirePool().query(
		"UPDATE wire.offers SET holder = NULL WHERE batch_id = $1 AND holder = $2 AND closed_at IS NOT NULL",
		[batchId, senderId],
	);
}

/** The books know all of these. What a sender was given up with stays until its process has surely gone. */
export async function dropOffers(batchIds: number[]): Promise<void> {
	await wirePool().query(
		`WITH kept AS (UPDATE wire.offers SET is_settled = true WHERE batch_id = ANY($1) AND closed_at IS NOT NULL AND holder IS NOT NULL)
		 DELETE FROM wire.offers WHERE (batch_id = ANY($1) AND (closed_at IS NULL OR holder IS NULL))
		    OR (is_settled AND holder IS NULL AND closed_at < now() - interval '1 hour')`,
		[batchIds],
	);
}
