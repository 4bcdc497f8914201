import { wirePool } from "./pool.ts";

/** A batch whose provider is to be asked what became of its messages. */
export interface Poll {
	batchId: number;
	providerId: number;
	campaignId: number;
	/** How often it has been asked already. */
	asked: number;
}

/** Providers that have something due. */
export async function providersToPoll(): Promise<number[]> {
	const { rows } = await wirePool().query<{ providerId: number }>({
		name: "providers-to-poll",
		text: `SELECT DISTINCT provider_id AS "providerId" FROM wire.polls WHERE ask_at <= now()`,
	});
	return rows.map((row) => row.providerId);
}

/** The batch of each campaign that has been due for longest, the longest first: campaigns take turns, whatever their size. */
export async function duePolls(providerId: number, campaigns: number): Promise<Poll[]> {
	const { rows } = await wirePool().query<Poll>({
		name: "due-polls",
		text: `SELECT batch_id AS "batchId", provider_id AS "providerId", campaign_id AS "campaignId", asked FROM (
		         SELECT DISTINCT ON (campaign_id) * FROM wire.polls
		         WHERE provider_id = $1 AND ask_at <= now() ORDER BY campaign_id, ask_at) AS first_of_each
		       ORDER BY ask_at LIMIT $2`,
		values: [providerId, campaigns],
	});
	return rows;
}

/** It has been asked, and will be again after so many ms. */
export async function pollAgain(batchId: number, afterMs: number): Promise<void> {
	await wirePool().query({
		name: "poll-again",
		text: "UPDATE wire.polls SET asked = asked + 1, ask_at = now() + $2 * interval '1 ms' WHERE batch_id = $1",
		values: [batchId, afterMs],
	});
}

export async function endPoll(batchId: number): Promise<void> {
	await wirePool().query({
		name: "end-poll",
		text: "DELETE FROM wire.polls WHERE batch_id = $1",
		values: [batchId],
	});
}
