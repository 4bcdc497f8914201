import { appendFileSync, existsSync, openSync, readFileSync, writeSync } from "node:fs";
import { RESULT } from "#app/modules/messages/result.ts";
import { settleBatch } from "#app/modules/messages/settle-batch.server.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { chooseOp, ownerName, type Worker } from "./choose-op.ts";
import { claimKey, type DeathAt, journalCommits } from "./journal.ts";
import { performOp, untilNotBusy } from "./perform-op.ts";
import { keyOf, type Line, linesOf, linesPath, type Scene, type StormOp, scenePath } from "./storm.ts";

/** So many of its own operations a worker keeps, to ask for one of them again. */
const KEPT = 50;
/** So often it tells that it is alive, which is when it may be killed from outside. */
const TELL_EVERY = 32;

const [folder, number, deathFrom, deathMoment] = process.argv.slice(2) as [string, string, string, DeathAt];
const worker = Number(number);
const scene = JSON.parse(readFileSync(scenePath(folder), "utf8")) as Scene;
const path = linesPath(folder, worker);
let current = "";
const of: Worker = {
	...{ scene, worker, done: [] },
	hasClaimed(...claim) {
		current = claimKey("claim", ...claim);
	},
};
let isDying = false;

await work();
process.disconnect();

async function work(): Promise<void> {
	const lines = readLines();
	const file = openSync(path, "a");
	const write = (line: Line) => writeSync(file, `${JSON.stringify(line)}\n`);
	journalCommits(
		() => current,
		(moment) => {
			if (isDying && moment === deathMoment) process.kill(process.pid, "SIGKILL");
		},
	);
	const last = lines.at(-1);
	let at = 0;
	if (last && "op" in last) {
		// Cut short: whatever has come of it, it is asked for again, under its own key.
		current = keyOf(worker, last.at);
		write({ at: last.at, outcome: await performOp(scene, last.op), isRetry: true });
	}
	if (last) at = last.at + 1;
	await giveBackClaims();
	for (; at < scene.operations; at++) {
		const op = await untilNotBusy(() => chooseOp(of, at));
		current = keyOf(worker, at);
		write({ at, op });
		// By the first operation from there on that changes anything.
		isDying = at >= Number(deathFrom);
		const outcome = await performOp(scene, op);
		isDying = false;
		write({ at, outcome, isRetry: false });
		keep(op, outcome);
		if (at % TELL_EVERY === 0) process.send!(at);
	}
}

function readLines(): Line[] {
	if (!existsSync(path)) return [];
	const text = readFileSync(path, "utf8");
	if (text !== "" && !text.endsWith("\n")) appendFileSync(path, "\n");
	return linesOf(text);
}

/** What an earlier life had claimed and not settled was never called: it goes back, as the sidecar does it. */
async function giveBackClaims(): Promise<void> {
	const left = readBooks((tx) =>
		tx
			.sql<{ batchId: number; campaignId: number; firstMessageId: number; count: number }>(
				`SELECT batch_id AS batchId, campaign_id AS campaignId, first_message_id AS firstMessageId, message_count AS count
				   FROM claims WHERE owner = ?`,
			)
			.all(ownerName(worker)),
	);
	for (const { count, ...batch } of left) {
		current = claimKey("back", batch.campaignId, batch.firstMessageId, count);
		const results = new Array<number>(count).fill(RESULT.notTaken);
		const when = { owner: null, askAtUtc: 0, asked: 0, claimedAtUtc: 0 };
		const settled = { ...batch, ...when, providerId: scene.providerId, attempt: 0, results, causes: [] };
		await untilNotBusy(() => inTx((tx) => settleBatch(tx, settled)));
	}
}

function keep(op: StormOp, outcome: string): void {
	if (op.do !== "money" || outcome !== "done" || op.of.deed === "credit") return;
	of.done.push(op.of);
	if (of.done.length > KEPT) of.done.shift();
}
