import { hashPassword } from "#app/modules/access/hash-password.server.ts";
import { inTx } from "#db/tx.ts";
import { round } from "./print.ts";

const PASSWORD = "bench-password";

/** The owner of an account, who can sign in. */
export async function addBenchUser(accountId: number, login: string): Promise<void> {
	const passwordHash = await hashPassword(PASSWORD);
	await inTx((tx) =>
		tx
			.sql(
				"INSERT INTO users (account_id, login, login_skeleton, password_hash, role, name, created_at_utc) VALUES (?, ?, ?, ?, 'owner', 'Bench', 0)",
			)
			.run(accountId, login, login, passwordHash),
	);
}

/** @returns the cookie of a new session. */
export async function signIn(origin: string, login: string): Promise<string> {
	const answer = await fetch(`${origin}/sign-in`, {
		method: "POST",
		redirect: "manual",
		headers: { Origin: origin },
		body: new URLSearchParams({ login, password: PASSWORD }),
	});
	const cookie = /(?:^|\s)(sid=[^;]+)/.exec(answer.headers.getSetCookie().join(" "))?.[1];
	if (answer.status !== 302 || !cookie) throw new Error(`signing in was answered ${answer.status}`);
	return cookie;
}

/** Asks for the pages one after the other on one connection, again and again. @returns milliseconds, by page. */
export async function rounds(
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

/** Of milliseconds. */
export function quantiles(times: number[]): { p50: number; p99: number } {
	const sorted = [...times].sort((a, b) => a - b);
	const at = (share: number) =>
		round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN);
	return { p50: at(0.5), p99: at(0.99) };
}
