import { setPriority } from "node:os";
import { enqueue } from "#jobs/enqueue.ts";
import { addCampaign, campaignState, untilState } from "./bench-campaign.ts";
import { addProvider, ended, messageOf, openHouse, startWeb } from "./bench-house.ts";
import { postgresMegabytes, residentMegabytes, watchMemory } from "./memory.ts";
import { print, round } from "./print.ts";

const BULK = 100;
const here = (file: string) => new URL(file, import.meta.url).pathname;

/**
 * A campaign end to end, through the real sidecar and the real web: the audience frozen, sent 100 a call, each message's receipt called back
 * to the web and applied. Seconds of each part, and the memory of all processes over the whole.
 */
export async function benchMillion(messages: number): Promise<void> {
	const house = await openHouse();
	try {
		const endpoint = house.spawn(here("./bare-endpoint.ts"), { BENCH_CALL_BACK: "1" });
		// A provider is another machine: it must not have what is ours here.
		setPriority(endpoint.pid!, 10);
		const { port: endpointPort } = await messageOf<{ port: number }>(endpoint);
		await addProvider(house, `http://127.0.0.1:${endpointPort}`, BULK);
		const campaignId = await addCampaign(house, messages);
		const { web, origin } = await startWeb(house);
		const from = performance.now();
		const payload = { accountId: house.accountId, campaignId };
		await enqueue([{ task: "prepare-campaign", payload, key: `prepare-campaign:${campaignId}`, ifWaiting: "keep" }]);
		const sidecar = house.spawn("jobs/sidecar.ts", { PUBLIC_URL: origin });
		const memory = watchMemory({
			sidecar: () => residentMegabytes(sidecar.pid!),
			web: () => residentMegabytes(web.pid!),
			postgres: () => postgresMegabytes(house.postgresPid),
		});
		const seconds = () => round((performance.now() - from) / 1000);
		while (campaignState(house, campaignId).state === "preparing")
			await new Promise((resolve) => setTimeout(resolve, 10));
		const prepared = seconds();
		await untilState(house, campaignId, "done");
		const sent = seconds();
		while (campaignState(house, campaignId).handedOver > 0) await new Promise((resolve) => setTimeout(resolve, 50));
		const applied = seconds();
		print({
			bench: "million",
			messages,
			seconds: applied,
			messagesPerSecond: Math.round(messages / applied),
			preparedAfterSeconds: prepared,
			sentAfterSeconds: sent,
			megabytes: memory.stop(),
		});
		await ended(sidecar);
		await ended(web);
	} finally {
		await house.close();
	}
}
