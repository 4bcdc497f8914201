import { PROBES } from "#app/modules/failover/breaker.ts";
import { freezeAudience } from "#app/modules/messages/freeze-audience.server.ts";
import { RESULT } from "#app/modules/messages/result.ts";
import { wirePool } from "#jobs/wire/pool.ts";
import { addCampaign, campaignState, untilState } from "./bench-campaign.ts";
import { addSharers, answering, type BenchHouse, ended, freePort, openHouse } from "./bench-house.ts";
import { print } from "./print.ts";

/** What the first of three providers is told to do once a third of the campaign is out. */
const FAULTS = {
	none: [],
	"every call is broken off": [{ do: "close", share: 1 }],
	"3 of 10 calls are answered 500": [{ do: "error", share: 0.3 }],
	"calls are taken and not answered": [{ do: "take-then-hang", share: 1 }],
};
const BULK = 10;
/** So that a campaign lasts long enough to be watched: some 4,800 messages a second. */
const ANSWER_MS = [80, 120];
const CONNECTIONS = 16;
/** So long the traffic must be nearly free of the faulty one: longer than from one claim to the next. */
const QUIET_MS = 3_000;
const here = (file: string) => new URL(file, import.meta.url).pathname;

interface Times {
	medianMs: number;
	p99Ms: number;
	lateMessages: number;
}

/**
 * Three simulators share a campaign, once undisturbed and then with one of them failing: ms from the first fault until 95 % of what is given out
 * goes to the others, and how many messages were late. A message's time is from the first claim that names it until an outcome says that it is
 * taken; late is what took more than twice the 99th percentile of the undisturbed run, or was never known to be taken.
 */
export async function benchFailover(messages: number): Promise<void> {
	let lateMs: number | null = null;
	for (const [fault, mix] of Object.entries(FAULTS)) {
		const house = await openHouse();
		try {
			const origins = await Promise.all([0, 1, 2].map(() => startSimulator(house)));
			const [faulty] = await addSharers(house, origins, BULK, CONNECTIONS);
			const campaignId = await addCampaign(house, messages);
			await freezeAudience({ accountId: house.accountId, campaignId });
			const sidecar = house.spawn(here("../../jobs/sidecar.ts"));
			const begunAt = Date.now();
			const until = async (queued: number) => {
				while (campaignState(house, campaignId).queued > queued)
					await new Promise((resolve) => setTimeout(resolve, 20));
			};
			await until((messages * 2) / 3);
			const from = Date.now();
			await tell(origins[0]!, { mix });
			await until(0);
			const to = Date.now();
			await tell(origins[0]!, { mix: [] });
			await untilState(house, campaignId, "done");
			lateMs ??= 2 * (await timesOf(0)).p99Ms;
			const times = await timesOf(lateMs);
			const shifted = mix.length > 0 && { msTo95PercentElsewhere: await quietAfter(faulty!, from, to) };
			print({ bench: "failover", fault, messages, seconds: (to - begunAt) / 1000, ...shifted, ...times, lateMs });
			await ended(sidecar);
		} finally {
			await house.close();
		}
	}
}

async function startSimulator(house: BenchHouse): Promise<string> {
	const port = await freePort();
	house.spawn(here("../simulator.ts"), { SIMULATOR_PORT: String(port) }, "ignore");
	const origin = `http://127.0.0.1:${port}`;
	await answering(`${origin}/control/journal`);
	await tell(origin, { answerMs: ANSWER_MS, receipts: { isOff: true } });
	return origin;
}

async function tell(origin: string, control: object): Promise<void> {
	const answer = await fetch(`${origin}/control`, { method: "POST", body: JSON.stringify(control) });
	if (!answer.ok) throw new Error(`the simulator did not understand: ${await answer.text()}`);
}

/** From the wire: what each provider was given, and when. Ms; null: not before everything was given out. */
async function quietAfter(faulty: number, from: number, to: number): Promise<number | null> {
	const { rows: claims } = await wirePool().query<{ at: number; isFaulty: boolean; count: number }>(
		`SELECT (extract(epoch FROM at) * 1000)::float8 AS at, provider_id = $1 AS "isFaulty", cardinality(recipients) AS count
		 FROM wire.intents WHERE at BETWEEN to_timestamp($2 / 1000.0) AND to_timestamp($3 / 1000.0) ORDER BY at`,
		[faulty, from, to],
	);
	const isQuietFrom = (at: number) => {
		const next = claims.filter((claim) => claim.at > at && claim.at <= at + QUIET_MS);
		const sum = (some: typeof claims) => some.reduce((total, { count }) => total + count, 0);
		return at + QUIET_MS <= to && sum(next.filter(({ isFaulty }) => isFaulty)) <= 0.05 * sum(next) && next.length > 0;
	};
	const ends = [from, ...claims.filter(({ isFaulty, count }) => isFaulty && count > PROBES).map(({ at }) => at)];
	const end = ends.find(isQuietFrom);
	return end === undefined ? null : Math.round(end - from);
}

/** Of all messages, from the wire. */
async function timesOf(lateMs: number): Promise<Times> {
	const { rows } = await wirePool().query<Times>(
		`WITH claimed AS (
		   SELECT id, min(at) AS at FROM wire.intents,
		          generate_series(first_message_id, first_message_id + cardinality(recipients) - 1) AS id GROUP BY 1),
		 taken AS (
		   SELECT o.first_message_id + r.n - 1 AS id, min(o.at) AS at
		   FROM wire.outcomes o, unnest(o.results) WITH ORDINALITY AS r (result, n) WHERE r.result IN ($1, $2) GROUP BY 1),
		 times AS (
		   SELECT extract(epoch FROM coalesce(t.at, 'infinity'::timestamptz) - c.at)::float8 * 1000 AS ms
		   FROM claimed c LEFT JOIN taken t USING (id))
		 SELECT round(percentile_disc(0.5) WITHIN GROUP (ORDER BY ms))::float8 AS "medianMs",
		        round(percentile_disc(0.99) WITHIN GROUP (ORDER BY ms))::float8 AS "p99Ms",
		        count(*) FILTER (WHERE ms > $3)::int AS "lateMessages" FROM times`,
		[RESULT.handedOver, RESULT.sent, lateMs],
	);
	return rows[0]!;
}
