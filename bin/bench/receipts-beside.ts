import { callbackToken } from "#app/lib/secrets.server.ts";
import { installationId } from "#app/modules/delivery/installation-id.server.ts";
import { externalIdOf } from "#app/modules/messages/external-id.ts";
import { freezeAudience } from "#app/modules/messages/freeze-audience.server.ts";
import { inTx } from "#db/tx.ts";
import { wirePool } from "#jobs/wire/pool.ts";
import { addCampaign, campaignState, firstMessageOf, untilState } from "./bench-campaign.ts";
import { addProvider, type BenchHouse, ended, messageOf, openHouse, startWeb } from "./bench-house.ts";
import { print, round } from "./print.ts";
import type { StreamOrder } from "./receipt-stream.ts";

/** Messages a second, by the provider's limit: a third of the receipts that come meanwhile. */
const RATE = 4_000;
const TIMES = 3;
const BULK = 100;
const LOOK_MS = 500;
const here = (file: string) => new URL(file, import.meta.url).pathname;

/**
 * A campaign is sent at a steady rate, alone and then while three times as many receipts come in about an earlier one, through the real web: how fast
 * each goes, and how many callbacks wait to be applied, at the most and at the end.
 */
export async function benchReceiptsBeside(messages: number): Promise<void> {
	const house = await openHouse();
	try {
		const endpoint = house.spawn(here("./bare-endpoint.ts"));
		const { port } = await messageOf<{ port: number }>(endpoint);
		const providerId = await addProvider(house, `http://127.0.0.1:${port}`, BULK);
		await inTx((tx) =>
			tx
				.sql("UPDATE providers SET per_second = ? WHERE id = ? AND account_id = ?")
				.run(RATE, providerId, house.accountId),
		);
		const externalIds = await addTaken(house, messages * TIMES);
		const { web, origin } = await startWeb(house);
		const sidecar = house.spawn("jobs/sidecar.ts");
		const alone = await sendOne(house, messages, () => {});

		const stream = house.spawn(here("./receipt-stream.ts"));
		const url = `${origin}/hooks/${providerId}/1-${callbackToken(providerId, 1)}`;
		let streamed: Promise<{ seconds: number }> | undefined;
		let mostWaiting = 0;
		const timer = setInterval(async () => {
			mostWaiting = Math.max(mostWaiting, await waiting());
		}, LOOK_MS);
		const beside = await sendOne(house, messages, () => {
			streamed = messageOf<{ seconds: number }>(stream);
			stream.send({ url, perSecond: RATE * TIMES, externalIds } satisfies StreamOrder);
		});
		const atSendingEnd = await waiting();
		const { seconds } = await streamed!;
		const from = performance.now();
		const atEnd = await waiting();
		while ((await waiting()) > 0) await new Promise((resolve) => setTimeout(resolve, 20));
		clearInterval(timer);
		print({
			bench: "receipts-3x",
			messages,
			receipts: externalIds.length,
			sentPerSecondAlone: Math.round(alone),
			sentPerSecondBeside: Math.round(beside),
			ratioOfSending: round(beside / alone),
			receiptsPerSecond: Math.round(externalIds.length / seconds),
			ratioToSending: round(externalIds.length / seconds / beside),
			callbacksWaiting: { most: mostWaiting, whenSendingEnded: atSendingEnd, whenReceiptsEnded: atEnd },
			appliedAfterSeconds: round((performance.now() - from) / 1000),
		});
		stream.disconnect();
		await ended(sidecar);
		await ended(web);
	} finally {
		await house.close();
	}
}

/** A campaign whose messages a provider has taken; their ids as the provider knows them, scattered as receipts come in life. */
async function addTaken(house: BenchHouse, messages: number): Promise<string[]> {
	const campaignId = await addCampaign(house, messages);
	await freezeAudience({ accountId: house.accountId, campaignId });
	const first = firstMessageOf(house, campaignId);
	await inTx((tx) => {
		tx.sql("UPDATE message_states SET state = 10 WHERE id BETWEEN ? AND ?").run(first, first + messages - 1);
		tx.sql("UPDATE campaign_counters SET queued = 0, handed_over = ? WHERE campaign_id = ? AND account_id = ?").run(
			messages,
			campaignId,
			house.accountId,
		);
		tx.sql("UPDATE campaigns SET state = 'done' WHERE id = ? AND account_id = ?").run(campaignId, house.accountId);
	});
	const step = 7_919;
	return Array.from({ length: messages }, (_, i) => externalIdOf(installationId(), first + ((i * step) % messages), 1));
}

/** Sends a campaign; messages a second from the first on. `onFirst` is called when that is out. */
async function sendOne(house: BenchHouse, messages: number, onFirst: () => void): Promise<number> {
	const campaignId = await addCampaign(house, messages);
	await freezeAudience({ accountId: house.accountId, campaignId });
	while (campaignState(house, campaignId).handedOver === 0) await new Promise((resolve) => setTimeout(resolve, 5));
	const from = performance.now();
	onFirst();
	await untilState(house, campaignId, "done");
	return messages / ((performance.now() - from) / 1000);
}

async function waiting(): Promise<number> {
	const { rows } = await wirePool().query<{ waiting: number }>(
		"SELECT count(*)::int AS waiting FROM wire.receipt_inbox",
	);
	return rows[0]!.waiting;
}
