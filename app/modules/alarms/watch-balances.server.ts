import { createTransport } from "#app/channels/transport.server.ts";
import { env } from "#app/lib/env.ts";
import { log } from "#app/lib/log.ts";
import { readMicros } from "#app/lib/micros.ts";
import { providerSetup } from "#app/modules/providers/provider-setup.server.ts";
import { readBooks } from "#db/tx.ts";
import type { Reading } from "./alarm.ts";
import { setAlarm } from "./set-alarm.server.ts";

/** Nobody waits for it. */
const ANSWER_WITHIN_MS = 15_000;

interface Watched {
	id: number;
	accountId: number;
	name: string;
	atLeast: number | null;
}

/** Asks every provider that is not switched off, and that has a limit for it, what credit is left. */
export async function watchBalances(signal?: AbortSignal): Promise<void> {
	const providers = readBooks((tx) =>
		tx
			.sql<Watched>(
				`SELECT id, account_id AS accountId, name, alarm_balance_micros AS atLeast FROM providers
				  WHERE state <> 'disabled' ORDER BY id`,
			)
			.all(),
	);
	for (const { id, accountId, name, atLeast } of providers) {
		if (signal?.aborted) return;
		try {
			const reading: Reading = atLeast === null ? { is: "well" } : await readBalance(id, atLeast);
			await setAlarm({ accountId, providerId: id, name }, "balance", reading);
		} catch (error) {
			log.warn({ err: error, providerId: id }, "a provider's balance could not be looked at; it will be asked again");
		}
	}
}

/** What cannot be asked, or tells no balance, changes nothing. */
async function readBalance(providerId: number, atLeast: number): Promise<Reading> {
	const setup = providerSetup(providerId);
	if (!setup) return { is: "same" };
	const transport = createTransport({ connections: 1, timeoutMs: ANSWER_WITHIN_MS, network: env().PROVIDER_NETWORK });
	try {
		const answer = await setup.adapter.probe(setup.settings, transport);
		if (answer.type !== "well" || !answer.balance) return { is: "same" };
		return judgeBalance(answer.balance, atLeast);
	} finally {
		await transport.destroy();
	}
}

/** @param atLeast micro-units of the provider's own currency. */
export function judgeBalance(
	{ amount, currency }: { amount: string; currency: string | null },
	atLeast: number,
): Reading {
	const micros = balanceMicros(amount);
	if (micros === undefined) return { is: "same" };
	return micros < atLeast ? { is: "wrong", measured: `${amount} ${currency ?? ""}`.trim() } : { is: "well" };
}

/** Providers write "12.3456789" and "-0.5" as well: what is beyond a millionth does not matter here. */
function balanceMicros(amount: string): number | undefined {
	const [, sign = "", whole = "", rest = ""] = /^\s*([-+]?)(\d+)(?:[.,](\d+))?\s*$/.exec(amount) ?? [];
	if (whole === "") return undefined;
	const micros = readMicros(`${whole}.${rest.slice(0, 6) || "0"}`);
	return micros === undefined ? undefined : sign === "-" ? -micros : micros;
}
