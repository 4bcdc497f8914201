import { setPriority } from "node:os";
import { freezeAudience } from "#app/modules/messages/freeze-audience.server.ts";
import { addCampaign, campaignState } from "./bench-campaign.ts";
import { addProvider, ended, messageOf, openHouse, startWeb } from "./bench-house.ts";
import { addBenchUser, quantiles, rounds, signIn } from "./bench-pages.ts";
import { peakMegabytes } from "./measure-process.ts";
import { print, round } from "./print.ts";

const IDLE_ROUNDS = 150;
const WARM_ROUNDS = 30;
const here = (file: string) => new URL(file, import.meta.url).pathname;

/** How long pages take, one after the other on one connection, idle and while a campaign is sent as fast as it goes. */
export async function benchPage(recipients: number): Promise<void> {
	const house = await openHouse();
	try {
		const endpoint = house.spawn(here("./bare-endpoint.ts"));
		// A provider is another machine: it must not have what is the web's here.
		setPriority(endpoint.pid!, 10);
		const { port: endpointPort } = await messageOf<{ port: number }>(endpoint);
		await addProvider(house, `http://127.0.0.1:${endpointPort}`, 100);
		const campaignId = await addCampaign(house, recipients);
		await freezeAudience({ accountId: house.accountId, campaignId });
		const { web, origin } = await startWeb(house);
		await addBenchUser(house.accountId, "bench");
		const cookie = await signIn(origin, "bench");
		const pages = pagesOf(campaignId);
		await rounds(origin, cookie, pages, WARM_ROUNDS, () => false);
		const idle = await rounds(origin, cookie, pages, IDLE_ROUNDS, () => false);
		const sidecar = house.spawn("jobs/sidecar.ts");
		while (campaignState(house, campaignId).queued === recipients)
			await new Promise((resolve) => setTimeout(resolve, 5));
		const from = performance.now();
		const busy = await rounds(
			origin,
			cookie,
			pages,
			Number.POSITIVE_INFINITY,
			() => campaignState(house, campaignId).state === "done",
		);
		const messagesPerSecond = Math.round(recipients / ((performance.now() - from) / 1000));
		for (const page of pages) {
			const before = quantiles(idle.get(page)!);
			const during = quantiles(busy.get(page)!);
			print({
				bench: "page",
				page: page.replace(String(campaignId), "$id"),
				idleMs: before,
				sendingMs: during,
				p99Ratio: round(during.p99 / before.p99),
				samples: [idle.get(page)!.length, busy.get(page)!.length],
				messagesPerSecond,
				peakMegabytes: { web: peakMegabytes(web.pid!), sidecar: peakMegabytes(sidecar.pid!) },
			});
		}
		await ended(sidecar);
		await ended(web);
	} finally {
		await house.close();
	}
}

function pagesOf(campaignId: number): string[] {
	return [
		"/sign-in",
		"/admin/campaigns",
		"/admin/campaigns/new",
		`/admin/campaigns/${campaignId}`,
		`/admin/campaigns/${campaignId}/messages`,
		"/admin/accounts",
		"/admin/providers",
	];
}
