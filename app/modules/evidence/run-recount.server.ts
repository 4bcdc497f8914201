import { setTimeout as pause } from "node:timers/promises";
import { log } from "#app/lib/log.ts";
import { type Counted, openRecounter } from "#app/modules/messages/recount-campaign.server.ts";
import { putCountsDiffer } from "#app/modules/notices/put-counts-differ.server.ts";
import { inTx, readBooks, type Tx } from "#db/tx.ts";

/** How far a run has come is written down after so many campaigns or messages. */
const CAMPAIGNS_A_STEP = 200;
const MESSAGES_A_STEP = 200_000;
/** Between two steps, for whoever else reads the disk. */
const PAUSE_MS = 5;
const RUNS_KEPT = 60;

let isRunning = false;

/** Begins tonight's recount, unless one is still under way. */
export async function beginRecount(signal?: AbortSignal): Promise<void> {
	await inTx((tx) => {
		if (openRun(tx)) return;
		tx.sql("INSERT INTO recounts (started_at_utc) VALUES (?)").run(Date.now());
		tx.sql("DELETE FROM count_differences WHERE recount_id <= (SELECT max(id) FROM recounts) - ?").run(RUNS_KEPT);
		tx.sql("DELETE FROM recounts WHERE id <= (SELECT max(id) FROM recounts) - ?").run(RUNS_KEPT);
	});
	await runRecount(signal);
}

/**
 * Goes on with the recount that is under way, from the campaign behind the last one that was written down, to its end or until `signal` says
 * stop. Counts every campaign's messages anew and lists where a counter says something else; mends nothing: a difference is a defect to be
 * found. Tells the platform's owners at the end if there are any.
 */
export async function runRecount(signal?: AbortSignal): Promise<void> {
	if (isRunning) return;
	const run = readBooks(openRun);
	if (!run) return;
	isRunning = true;
	const recounter = openRecounter();
	try {
		let after = run.last;
		for (let isOver = false; !isOver; ) {
			const step: Counted[] = [];
			for (let messages = 0; step.length < CAMPAIGNS_A_STEP && messages < MESSAGES_A_STEP; ) {
				const counted = await recounter.next(after, () => signal?.aborted === true);
				if (counted === undefined || signal?.aborted) return;
				if (counted === null) {
					isOver = true;
					break;
				}
				after = counted.campaignId;
				messages += counted.messages;
				step.push(counted);
			}
			await inTx((tx) => writeStep(tx, run.id, step, after, isOver));
			await pause(PAUSE_MS);
		}
	} finally {
		recounter.close();
		isRunning = false;
	}
}

function openRun(tx: Tx): { id: number; last: number } | undefined {
	return tx
		.sql<{ id: number; last: number }>(
			"SELECT id, last_campaign_id AS last FROM recounts WHERE finished_at_utc IS NULL ORDER BY id DESC LIMIT 1",
		)
		.get();
}

function writeStep(tx: Tx, runId: number, step: Counted[], last: number, isOver: boolean): void {
	let found = 0;
	for (const { campaignId, accountId, differences } of step) {
		found += differences.length;
		for (const { figure, kept, counted } of differences)
			tx.sql(
				`INSERT INTO count_differences (recount_id, campaign_id, account_id, figure, kept, counted) VALUES (?, ?, ?, ?, ?, ?)
				 ON CONFLICT DO NOTHING`,
			).run(runId, campaignId, accountId, figure, kept, counted);
	}
	const run = tx
		.sql<{ differences: number; campaigns: number }>(
			`UPDATE recounts SET last_campaign_id = @last, campaigns = campaigns + @campaigns, messages = messages + @messages,
			        differences = differences + @found, finished_at_utc = iif(@over, @now, NULL)
			  WHERE id = @id RETURNING differences, campaigns`,
		)
		.get({
			id: runId,
			last,
			campaigns: step.length,
			messages: step.reduce((sum, { messages }) => sum + messages, 0),
			found,
			over: isOver ? 1 : 0,
			now: Date.now(),
		})!;
	if (!isOver) return;
	log[run.differences > 0 ? "error" : "info"](run, "all counters are recounted");
	if (run.differences > 0) putCountsDiffer(tx, { recountId: runId, differences: run.differences });
}
