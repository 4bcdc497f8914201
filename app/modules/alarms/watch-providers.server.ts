import { log } from "#app/lib/log.ts";
import { faultShare, type Tally, tally } from "#app/modules/figures/tally.ts";
import { readBooks } from "#db/tx.ts";
import { readAllFrom } from "#jobs/wire/read-hours.ts";
import { readSilence, type Silence } from "#jobs/wire/read-silence.ts";
import { readStandings, type Standing } from "#jobs/wire/read-standings.ts";
import type { Reading } from "./alarm.ts";
import { setAlarm } from "./set-alarm.server.ts";

const HOUR_MS = 3_600_000;
/** Fewer say nothing about a share. */
const TRIED_MIN = 20;

interface Watched {
	id: number;
	accountId: number;
	name: string;
	errorPercent: number | null;
	silenceMinutes: number | null;
}

/** Looks at every provider that is not switched off: its errors of this hour and the last, its breaker, and whether receipts come. */
export async function watchProviders(now = Date.now()): Promise<void> {
	const providers = readBooks((tx) =>
		tx
			.sql<Watched>(
				`SELECT id, account_id AS accountId, name, alarm_error_percent AS errorPercent, alarm_silence_minutes AS silenceMinutes
				   FROM providers WHERE state <> 'disabled' ORDER BY id`,
			)
			.all(),
	);
	const byProvider = Map.groupBy(await readAllFrom(now - (now % HOUR_MS) - HOUR_MS), (row) => row.providerId);
	const standings = await readStandings();
	for (const provider of providers) {
		const of = { accountId: provider.accountId, providerId: provider.id, name: provider.name };
		try {
			await setAlarm(of, "errors", readErrors(tally(byProvider.get(provider.id) ?? []), provider.errorPercent));
			await setAlarm(of, "breaker", judgeBreaker(standings.get(provider.id)));
			const minutes = provider.silenceMinutes;
			const silence = minutes === null ? null : await readSilence(provider.id, minutes, now);
			await setAlarm(of, "silence", judgeSilence(silence, minutes));
		} catch (error) {
			log.warn({ err: error, providerId: provider.id }, "a provider could not be watched; it will be looked at again");
		}
	}
}

export function readErrors(sum: Tally, percent: number | null): Reading {
	if (percent === null) return { is: "well" };
	const share = faultShare(sum);
	// With nothing sent there is nothing that could have become well.
	if (sum.tried < TRIED_MIN) return { is: "same" };
	return share * 100 > percent ? { is: "wrong", measured: share.toFixed(4) } : { is: "well" };
}

/** Nothing sent: nothing can be said, except that receipts have come. */
export function judgeSilence(silence: Silence | null, minutes: number | null): Reading {
	if (!silence || silence.hasReceipts) return { is: "well" };
	return silence.wasSentTo ? { is: "wrong", measured: String(minutes) } : { is: "same" };
}

/** While it is only being tried again, what was holds. */
export function judgeBreaker(standing: Standing | undefined): Reading {
	if (standing?.breaker === "open") return { is: "wrong", measured: "" };
	return standing?.breaker === "half_open" ? { is: "same" } : { is: "well" };
}
