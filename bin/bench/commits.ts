import pg from "pg";
import { closeLines, providerLine } from "#app/modules/delivery/provider-line.server.ts";
import { allBatchesEnded, forgetProgress } from "#app/modules/delivery/send-progress.ts";
import { sendSlice } from "#app/modules/delivery/send-slice.server.ts";
import { freezeAudience } from "#app/modules/messages/freeze-audience.server.ts";
import { writeConnection } from "#db/client.ts";
import { addCampaign, campaignState } from "./bench-campaign.ts";
import { addProvider, type BenchHouse, messageOf, openHouse } from "./bench-house.ts";
import { print, round } from "./print.ts";

type Counts = Record<"bookCommits" | "postgresStatements", number>;

/** How much is committed, said to Postgres and called for 1,000 messages: it shows at once where grouping was lost. */
export async function benchCommits(messages: number): Promise<void> {
	for (const bulkSize of [1, 100]) {
		const house = await openHouse();
		try {
			const endpoint = house.spawn(new URL("./bare-endpoint.ts", import.meta.url).pathname);
			const { port } = await messageOf<{ port: number }>(endpoint);
			const providerId = await addProvider(house, `http://127.0.0.1:${port}`, bulkSize);
			const campaignId = await addCampaign(house, messages);
			const prepared = await counted(() => freezeAudience({ accountId: house.accountId, campaignId }));
			const line = providerLine(providerId);
			const { request } = line.transport;
			let providerCalls = 0;
			line.transport.request = (call) => {
				providerCalls++;
				return request(call);
			};
			const sent = await counted(() => sendAll(house, campaignId));
			print({
				bench: "commits",
				bulkSize,
				messages,
				perThousandPrepared: perThousand(prepared, messages),
				perThousandSent: perThousand({ ...sent, providerCalls }, messages),
			});
			await closeLines();
		} finally {
			await house.close();
		}
	}
}

async function sendAll(house: BenchHouse, campaignId: number): Promise<void> {
	const of = { accountId: house.accountId, campaignId };
	while (campaignState(house, campaignId).state === "sending") {
		await sendSlice(of, { owner: "bench", isStopping: () => false }, Date.now() + 2_000);
		await allBatchesEnded();
	}
	forgetProgress(campaignId);
}

/** Counts at the two doors that everything goes through: the books' COMMIT and the Postgres client's query. */
async function counted(work: () => Promise<void>): Promise<Counts> {
	const counts = { bookCommits: 0, postgresStatements: 0 };
	const { raw } = writeConnection();
	const exec = raw.exec;
	raw.exec = (sql) => {
		if (sql === "COMMIT") counts.bookCommits++;
		return exec.call(raw, sql);
	};
	const { query } = pg.Client.prototype;
	pg.Client.prototype.query = function (this: pg.Client, ...args: never[]) {
		counts.postgresStatements++;
		return (query as (...all: never[]) => never).apply(this, args);
	} as never;
	try {
		await work();
	} finally {
		raw.exec = exec;
		pg.Client.prototype.query = query;
	}
	return counts;
}

function perThousand(counts: Record<string, number>, messages: number): Record<string, number> {
	return Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, round((count * 1_000) / messages)]));
}
