import { freezeAudience } from "#app/modules/messages/freeze-audience.server.ts";
import { readBooks } from "#db/tx.ts";
import type { LoopOrder } from "./bare-loop.ts";
import { addCampaign, campaignState, untilState } from "./bench-campaign.ts";
import { addSharers, ended, messageOf, openHouse, runLoop } from "./bench-house.ts";
import { addTiers, holdFor } from "./bench-money.ts";
import { childrenCpuSeconds, cpuSeconds, peakMegabytes } from "./measure-process.ts";
import { print, round } from "./print.ts";

const CONNECTIONS = 64;
const here = (file: string) => new URL(file, import.meta.url).pathname;

/**
 * A campaign through the real sidecar, everything recorded, beside the raw limit: undici writing one-message calls to the same
 * endpoint and keeping nothing.
 *
 * @param how.providers that share the campaign by weight.
 * @param how.withMoney three tiers have prices: every message is held, charged, and its provider's cost booked.
 */
export async function benchSend(
	name: string,
	bulkSize: number,
	messages: number,
	{ providers = 1, withMoney = false } = {},
): Promise<void> {
	const house = await openHouse();
	try {
		const endpoint = house.spawn(here("./bare-endpoint.ts"));
		const { port } = await messageOf<{ port: number }>(endpoint);
		const origin = `http://127.0.0.1:${port}`;
		const bareSingle = await bareLoop(house, origin, 1, Math.min(200_000, messages));
		const bareBulk =
			bulkSize > 1 ? await bareLoop(house, origin, bulkSize, Math.min(20_000, messages / 10)) : bareSingle;
		await addSharers(house, new Array<string>(providers).fill(origin), bulkSize);
		const sender = withMoney ? await addTiers(house, messages) : house;
		const campaignId = await addCampaign(sender, messages);
		if (withMoney) await holdFor(sender, campaignId);
		await freezeAudience({ accountId: sender.accountId, campaignId });
		const cpuBefore = { postgres: childrenCpuSeconds(house.postgresPid), endpoint: cpuSeconds(endpoint.pid!) };
		const sidecar = house.spawn(here("../../jobs/sidecar.ts"));
		while (campaignState(sender, campaignId).queued === messages)
			await new Promise((resolve) => setTimeout(resolve, 1));
		const from = performance.now();
		const cpuFrom = cpuSeconds(sidecar.pid!);
		const litefsFrom = house.litefsPid ? cpuSeconds(house.litefsPid) : 0;
		await untilState(sender, campaignId, "done");
		const seconds = (performance.now() - from) / 1000;
		const perMillion = 1e6 / messages;
		print({
			bench: name,
			messages,
			bulkSize,
			providers,
			...(withMoney && { transfers: transfersOf(sender.accountId) }),
			messagesPerSecond: Math.round(messages / seconds),
			bareCallsPerSecond: Math.round(bareSingle),
			ratioToBareCalls: round(messages / seconds / bareSingle),
			...(bulkSize > 1 && {
				bareBulkMessagesPerSecond: Math.round(bareBulk * bulkSize),
				ratioToBareBulk: round(messages / seconds / (bareBulk * bulkSize)),
			}),
			cpuSecondsPerMillion: {
				sidecar: round((cpuSeconds(sidecar.pid!) - cpuFrom) * perMillion),
				...(house.litefsPid && { litefs: round((cpuSeconds(house.litefsPid) - litefsFrom) * perMillion) }),
				postgres: round((childrenCpuSeconds(house.postgresPid) - cpuBefore.postgres) * perMillion),
				endpoint: round((cpuSeconds(endpoint.pid!) - cpuBefore.endpoint) * perMillion),
			},
			peakMegabytes: { sidecar: peakMegabytes(sidecar.pid!) },
		});
		await ended(sidecar);
	} finally {
		await house.close();
	}
}

function transfersOf(accountId: number): number {
	return readBooks((tx) =>
		Number(tx.sql("SELECT count(*) FROM transfers WHERE account_id = ?").pluck().get(accountId)),
	);
}

/** Undici alone: calls a second to `origin` with `bulkSize` messages each. */
export async function bareLoop(
	house: Awaited<ReturnType<typeof openHouse>>,
	origin: string,
	bulkSize: number,
	calls: number,
): Promise<number> {
	const destinations = Array.from({ length: bulkSize }, (_, i) => ({
		to: "380671000000",
		messageId: `0123abcd-${i}-1`,
	}));
	const body = JSON.stringify({
		messages: [
			{
				sender: "DemoShop",
				destinations,
				content: { type: "TEXT", text: "Spring sale is open: look at https://example.test/s" },
				options: { validityPeriod: { amount: 24, timeUnit: "HOURS" } },
				webhooks: { delivery: { url: "http://localhost:3000/hooks/1/token" }, contentType: "application/json" },
			},
		],
	});
	const order: LoopOrder = {
		origin,
		path: "/viber/2/messages",
		method: "POST",
		bodies: [body],
		connections: CONNECTIONS,
		calls,
	};
	return (await runLoop(house, order)).perSecond;
}
