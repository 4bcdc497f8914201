import { setPriority } from "node:os";
import { hashPassword } from "#app/modules/access/hash-password.server.ts";
import { freezeAudience } from "#app/modules/messages/freeze-audience.server.ts";
import { inTx } from "#db/tx.ts";
import { addCampaign, campaignState } from "./bench-campaign.ts";
import { addProvider, type BenchHouse, ended, messageOf, openHouse, startWeb } from "./bench-house.ts";
import { peakMegabytes } from "./measure-process.ts";
import { print, round } from "./print.ts";

const IDLE_ROUNDS = 150;
const WARM_ROUNDS = 30;
const PASSWORD = "bench-password";
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
		const cookie = await signIn(house, origin);
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

async function signIn(house: BenchHouse, origin: string): Promise<string> {
	const passwordHash = await hashPassword(PASSWORD);
	await inTx((tx) =>
		tx
			.sql(
				"INSERT INTO users (account_id, login, password_hash, role, name, created_at_utc) VALUES (?, 'bench', ?, 'owner', 'Bench', 0)",
			)
			.run(house.accountId, passwordHash),
	);
	const answer = await fetch(`${origin}/sign-in`, {
		method: "POST",
		redirect: "manual",
		headers: { Origin: origin },
		body: new URLSearchParams({ login: "bench", password: PASSWORD }),
	});
	const cookie = /(?:^|\s)(sid=[^;]+)/.exec(answer.headers.getSetCookie().join(" "))?.[1];
	if (answer.status !== 302 || !cookie) throw new Error(`signing in was answered ${answer.status}`);
	return cookie;
}

async function rounds(
	origin: string,
	cookie: string,
	pages: string[],
	count: number,
	isOver: () => boolean,
): Promise<Map<string, number[]>> {
	const times = new Map<string, number[]>(pages.map((page) => [page, []]));
	for (let round_ = 0; round_ < count && !isOver(); round_++) {
		for (const page of pages) {
			// The sign-in page sends on whoever is signed in.
			const headers: Record<string, string> = page === "/sign-in" ? {} : { Cookie: cookie };
			const from = performance.now();
			const answer = await fetch(origin + page, { headers, redirect: "manual" });
			await answer.text();
			times.get(page)!.push(performance.now() - from);
			if (answer.status !== 200) throw new Error(`${page} was answered ${answer.status}`);
		}
	}
	return times;
}

function quantiles(times: number[]): { p50: number; p99: number } {
	const sorted = [...times].sort((a, b) => a - b);
	const at = (share: number) =>
		round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN);
	return { p50: at(0.5), p99: at(0.99) };
}
