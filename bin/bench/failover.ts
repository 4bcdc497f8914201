import { freezeAudience } from "#app/modules/messages/freeze-audience.server.ts";
import { RESULT } from "#app/modules/messages/settle-batch.server.ts";
import { wirePool } from "#jobs/wire/pool.ts";
import { addCampaign, campaignState, untilState } from "./bench-campaign.ts";
import { addSharers, answering, type BenchHouse, ended, freePort, openHouse } from "./bench-house.ts";
import { print } from "./print.ts";

/** What the first of three providers is told to do once a third of the campaign is out. */
const FAULTS = {
	"every call is broken off": [{ do: "close", share: 1 }],
	"3 of 10 calls are answered 500": [{ do: "error", share: 0.3 }],
	"calls are taken and not answered": [{ do: "take-then-hang", share: 1 }],
};
const BULK = 10;
/** So that a campaign lasts long enough to be watched. */
const ANSWER_MS = [80, 120];
const BUCKET_MS = 250;
/** So many buckets in a row must be nearly free of the faulty one. */
const QUIET_BUCKETS = 4;
const here = (file: string) => new URL(file, import.meta.url).pathname;

/**
 * Three simulators share a campaign, and one begins to fail: ms from the first fault until 95 % of the messages that providers are called with
 * go to the others, and how many had to be tried again, and so were late.
 */
export async function benchFailover(messages: number): Promise<void> {
	for (const [fault, mix] of Object.entries(FAULTS)) {
		const house = await openHouse();
		try {
			const origins = await Promise.all([0, 1, 2].map(() => startSimulator(house)));
			const [faulty] = await addSharers(house, origins, BULK);
			const campaignId = await addCampaign(house, messages);
			await freezeAudience({ accountId: house.accountId, campaignId });
			const sidecar = house.spawn(here("../../jobs/sidecar.ts"), { CALL_TIMEOUT_MS: "30000" });
			while (campaignState(house, campaignId).handedOver < messages / 3)
				await new Promise((resolve) => setTimeout(resolve, 20));
			const from = Date.now();
			await tell(origins[0]!, { mix });
			while (campaignState(house, campaignId).queued > 0) await new Promise((resolve) => setTimeout(resolve, 20));
			const to = Date.now();
			await tell(origins[0]!, { mix: [] });
			await untilState(house, campaignId, "done");
			print({ bench: "failover", fault, messages, ...(await figures(faulty!, from, to)) });
			await ended(sidecar);
		} finally {
			await house.close();
		}
	}
}

async function startSimulator(house: BenchHouse): Promise<string> {
	const port = await freePort();
	house.spawn(here("../simulator.ts"), { SIMULATOR_PORT: String(port) });
	const origin = `http://127.0.0.1:${port}`;
	await answering(`${origin}/control/journal`);
	await tell(origin, { answerMs: ANSWER_MS, receipts: { isOff: true } });
	return origin;
}

async function tell(origin: string, control: object): Promise<void> {
	const answer = await fetch(`${origin}/control`, { method: "POST", body: JSON.stringify(control) });
	if (!answer.ok) throw new Error(`the simulator did not understand: ${await answer.text()}`);
}

/** From the wire: what each provider was called with, and when its outcome was written down. */
async function figures(faulty: number, from: number, to: number) {
	const { rows } = await wirePool().query<{ bucket: number; isFaulty: boolean; called: number; back: number }>(
		`SELECT floor((extract(epoch FROM o.at) * 1000 - $2) / $4)::int AS bucket, i.provider_id = $1 AS "isFaulty",
		        count(*) FILTER (WHERE r <> $5)::int AS called, count(*) FILTER (WHERE r = ANY ($6::int[]))::int AS back
		 FROM wire.outcomes o JOIN wire.intents i USING (batch_id), unnest(o.results) r
		 WHERE o.at >= to_timestamp($2 / 1000.0) AND o.at <= to_timestamp($3 / 1000.0) AND r NOT IN (${RESULT.none}, ${RESULT.settledBefore})
		 GROUP BY 1, 2`,
		[faulty, from, to, BUCKET_MS, RESULT.notTaken, [RESULT.notTaken, RESULT.unknown, RESULT.again]],
	);
	const buckets = Array.from({ length: Math.ceil((to - from) / BUCKET_MS) }, () => ({ faulty: 0, others: 0 }));
	for (const { bucket, isFaulty, called } of rows) {
		const of = buckets[bucket];
		if (of) of[isFaulty ? "faulty" : "others"] += called;
	}
	const isQuiet = ({ faulty: own, others }: { faulty: number; others: number }) =>
		others > 0 && own <= (own + others) * 0.05;
	const at = buckets.findIndex((_, i) => {
		const next = buckets.slice(i, i + QUIET_BUCKETS);
		return next.length === QUIET_BUCKETS && next.every(isQuiet);
	});
	return {
		msTo95PercentElsewhere: at < 0 ? null : at * BUCKET_MS,
		lateMessages: rows.reduce((sum, { isFaulty, back }) => sum + (isFaulty ? back : 0), 0),
		ofMessagesInThatTime: rows.reduce((sum, { called }) => sum + called, 0),
	};
}
