import { callbackToken } from "#app/lib/secrets.server.ts";
import { applyReceipts } from "#app/modules/delivery/apply-receipts.server.ts";
import { installationId } from "#app/modules/delivery/installation-id.server.ts";
import { closeLines } from "#app/modules/delivery/provider-line.server.ts";
import { externalIdOf } from "#app/modules/messages/external-id.ts";
import { freezeAudience } from "#app/modules/messages/freeze-audience.server.ts";
import { inTx } from "#db/tx.ts";
import { storeReceipt } from "#jobs/wire/store-receipt.ts";
import { addCampaign } from "./bench-campaign.ts";
import { addProvider, type BenchHouse, ended, messageOf, openHouse, runLoop, startWeb } from "./bench-house.ts";
import { childrenCpuSeconds, cpuSeconds, othersCpu, peakMegabytes, sinceThen } from "./measure-process.ts";
import { print, round } from "./print.ts";
import { receiptBody } from "./receipt-body.ts";

const CONNECTIONS = 64;
/** Stored at once while the inbox is filled. */
const RESULTS_A_FILL = 2_000;
const here = (file: string) => new URL(file, import.meta.url).pathname;

/** Callbacks answered by the real web process, each durable before its answer, beside bare node:http; then applied to the books. */
export async function benchReceipts(receipts: number): Promise<void> {
	const house = await openHouse();
	try {
		const providerId = await addProvider(house, "http://127.0.0.1:1", 100);
		const campaignId = await addCampaign(house, receipts);
		await freezeAudience({ accountId: house.accountId, campaignId });
		const bodies = Array.from({ length: Math.min(receipts, 20_000) }, (_, i) => bodyOf([i + 1]));
		await benchAnswers(house, providerId, bodies, receipts);
		await applyReceipts();
		for (const size of [1, 100]) await benchApply(house, providerId, receipts, size);
		await closeLines();
	} finally {
		await house.close();
	}
}

/** What waits in the inbox, brought into the books: 1 and 100 results a callback. */
export async function benchReceiptsApplied(receipts: number): Promise<void> {
	const house = await openHouse();
	try {
		const providerId = await addProvider(house, "http://127.0.0.1:1", 100);
		const campaignId = await addCampaign(house, receipts);
		await freezeAudience({ accountId: house.accountId, campaignId });
		for (const size of [1, 100]) await benchApply(house, providerId, receipts, size);
		await closeLines();
	} finally {
		await house.close();
	}
}

async function benchAnswers(house: BenchHouse, providerId: number, bodies: string[], receipts: number): Promise<void> {
	const bare = house.spawn(here("./bare-http.ts"));
	const { port: barePort } = await messageOf<{ port: number }>(bare);
	const order = { method: "POST", bodies, connections: CONNECTIONS, calls: receipts } as const;
	const raw = await runLoop(house, { ...order, origin: `http://127.0.0.1:${barePort}`, path: "/" });
	await ended(bare);
	const { web, origin } = await startWeb(house);
	const postgresBefore = childrenCpuSeconds(house.postgresPid);
	const cpuBefore = cpuSeconds(web.pid!);
	const ours = await runLoop(house, {
		...order,
		origin,
		path: `/hooks/${providerId}/1-${callbackToken(providerId, 1)}`,
	});
	const perMillion = 1e6 / receipts;
	print({
		bench: "receipts",
		part: "answered once durable",
		answersPerSecond: Math.round(ours.perSecond),
		bareAnswersPerSecond: Math.round(raw.perSecond),
		ratioToBareHttp: round(ours.perSecond / raw.perSecond),
		cpuSecondsPerMillion: {
			web: round((cpuSeconds(web.pid!) - cpuBefore) * perMillion),
			postgres: round((childrenCpuSeconds(house.postgresPid) - postgresBefore) * perMillion),
		},
		peakMegabytes: { web: peakMegabytes(web.pid!) },
	});
	await ended(web);
}

async function benchApply(house: BenchHouse, providerId: number, receipts: number, size: number): Promise<void> {
	// As they come in life: neither in the order of the ids nor all about one stretch of them.
	const ids = Array.from({ length: receipts }, (_, i) => ((i * 7_919) % receipts) + 1);
	await inTx((tx) => {
		tx.sql("UPDATE message_states SET state = 10, delivered_at = NULL").run();
		tx.sql("UPDATE campaign_counters SET queued = 0, delivered = 0, handed_over = ? WHERE account_id = ?").run(
			receipts,
			house.accountId,
		);
	});
	for (let from = 0; from < receipts; from += RESULTS_A_FILL) {
		const group = [];
		for (let at = from; at < Math.min(from + RESULTS_A_FILL, receipts); at += size) {
			group.push(storeReceipt({ providerId, path: "", body: bodyOf(ids.slice(at, at + size)) }));
		}
		await Promise.all(group);
	}
	const cpu = process.cpuUsage();
	const others = othersCpu(house);
	const from = performance.now();
	await applyReceipts();
	const seconds = (performance.now() - from) / 1000;
	const used = process.cpuUsage(cpu);
	print({
		bench: "receipts",
		part: "applied",
		resultsInACallback: size,
		appliedPerSecond: Math.round(receipts / seconds),
		cpuSecondsPerMillion: round((used.user + used.system) / receipts),
		othersCpuSecondsPerMillion: sinceThen(house, others, receipts),
		peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
	});
}

function bodyOf(messageIds: number[]): string {
	return receiptBody(messageIds.map((id) => externalIdOf(installationId(), id, 1)));
}
