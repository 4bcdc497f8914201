import { freezeAudience } from "#app/modules/messages/freeze-audience.server.ts";
import { wirePool } from "#jobs/wire/pool.ts";
import { addCampaign, campaignState, untilState } from "./bench-campaign.ts";
import { addSharers, type BenchHouse, ended, messageOf, openHouse } from "./bench-house.ts";
import { childrenCpuSeconds, cpuSeconds } from "./measure-process.ts";
import { print, round } from "./print.ts";
import { bareLoop } from "./send.ts";

const NODES = [0, 1, 2];
const here = (file: string) => new URL(file, import.meta.url).pathname;

/**
 * The same campaign with none, one and two sending nodes beside the sidecar, each in a house of its own, beside undici's bare loop. On one machine all of
 * them share its processors: the figure is what leaving the calls to others costs, and how little is left for the sidecar to do.
 */
export async function benchSenders(bulkSize: number, messages: number): Promise<void> {
	for (const nodes of NODES) {
		const house = await openHouse();
		try {
			await run(house, nodes, bulkSize, messages);
		} finally {
			await house.close();
		}
	}
}

async function run(house: BenchHouse, nodes: number, bulkSize: number, messages: number): Promise<void> {
	const endpoint = house.spawn(here("./bare-endpoint.ts"));
	const { port } = await messageOf<{ port: number }>(endpoint);
	const origin = `http://127.0.0.1:${port}`;
	const bare = await bareLoop(house, origin, bulkSize, Math.min(bulkSize > 1 ? 20_000 : 200_000, messages));
	await addSharers(house, [origin], bulkSize);
	const campaignId = await addCampaign(house, messages);
	await freezeAudience({ accountId: house.accountId, campaignId });
	const senders = Array.from({ length: nodes }, () => house.spawn(here("../../jobs/sender.ts")));
	while ((await registered()) < nodes) await new Promise((resolve) => setTimeout(resolve, 20));
	const postgresFrom = childrenCpuSeconds(house.postgresPid);
	const sidecar = house.spawn(here("../../jobs/sidecar.ts"));
	while (campaignState(house, campaignId).queued === messages) await new Promise((resolve) => setImmediate(resolve));
	const from = performance.now();
	const all = [sidecar, ...senders];
	const cpuFrom = all.map(({ pid }) => cpuSeconds(pid!));
	await untilState(house, campaignId, "done");
	const seconds = (performance.now() - from) / 1000;
	const cpu = all.map(({ pid }, i) => ((cpuSeconds(pid!) - cpuFrom[i]!) * 1e6) / messages);
	print({
		bench: bulkSize > 1 ? "senders-bulk" : "senders-single",
		messages,
		bulkSize,
		senders: nodes,
		messagesPerSecond: Math.round(messages / seconds),
		bareMessagesPerSecond: Math.round(bare * bulkSize),
		ratioToBare: round(messages / seconds / (bare * bulkSize)),
		cpuSecondsPerMillion: {
			sidecar: round(cpu[0]!),
			senders: round(cpu.slice(1).reduce((sum, one) => sum + one, 0)),
			postgres: round(((childrenCpuSeconds(house.postgresPid) - postgresFrom) * 1e6) / messages),
		},
	});
	await Promise.all(all.map(ended));
}

async function registered(): Promise<number> {
	const { rowCount } = await wirePool().query("SELECT 1 FROM wire.senders");
	return rowCount ?? 0;
}
