import { causeKeyOf } from "#app/channels/causes.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { type ProviderHead, requireProvider } from "#app/modules/providers/require-provider.server.ts";
import { readBooks } from "#db/tx.ts";
import { countedHours } from "#jobs/wire/provider-hours.ts";
import { readByCountry, readByTime, readTaken } from "#jobs/wire/read-hours.ts";
import { type Tally, tally } from "./tally.ts";

const HOUR_MS = 3_600_000;

/** How far back a page looks, and what it shows a line for. */
export const PERIODS = { day: 24, week: 7 * 24, month: 30 * 24 } as const;
export type Period = keyof typeof PERIODS;

/** Countries and causes of one page; the rest is too little to be looked at. */
const SHOWN_MAX = 50;

type Shown = Omit<Tally, "causes">;

export interface FiguresPage {
	provider: ProviderHead;
	period: Period;
	total: Shown;
	/** Messages that all active and former providers of the channel took in the time, this one included. */
	channelTaken: number;
	/** The most frequent first. */
	causes: { cause: string; count: number }[];
	/** The largest first; "": nobody's. */
	countries: (Shown & { country: string; errors: number })[];
	/** By hour for a day, else by day; the newest first. Unix ms. */
	times: (Shown & { at: number; errors: number })[];
	/** Unix ms; null: nothing has been counted yet. */
	countedAtUtc: number | null;
}

/** The period that an address asks for. */
export function readPeriod(query: URLSearchParams): Period {
	const wanted = query.get("period") ?? "";
	return Object.hasOwn(PERIODS, wanted) ? (wanted as Period) : "day";
}

/**
 * What a provider did lately, from what is counted by the hour.
 *
 * @throws Response 403; ProviderNotFoundError
 */
export async function getFiguresPage(
	actor: Actor,
	providerId: number,
	period: Period,
	now = Date.now(),
): Promise<FiguresPage> {
	requireRight(actor, "providers.read");
	const { provider, sameChannel } = readBooks((tx) => ({
		provider: requireProvider(tx, actor, providerId),
		sameChannel: tx
			.sql<{ id: number }>(
				"SELECT id FROM providers WHERE account_id = @accountId AND channel = (SELECT channel FROM providers WHERE id = @id AND account_id = @accountId)",
			)
			.all({ accountId: actor.account.id, id: providerId }),
	}));
	const newest = now - (now % HOUR_MS);
	const from = newest - (PERIODS[period] - 1) * HOUR_MS;
	const by = { unit: period === "day" ? "hour" : "day", timeZone: actor.account.timeZone } as const;
	const [byCountry, byTime, taken, counted] = await Promise.all([
		readByCountry(providerId, from),
		readByTime(providerId, from, by),
		readTaken(from),
		countedHours(newest - HOUR_MS),
	]);
	const total = tally(byCountry);
	const countries = [...Map.groupBy(byCountry, (row) => row.country)];
	const times = [...Map.groupBy(byTime, (row) => row.at)];
	return {
		provider,
		period,
		total: shown(total),
		channelTaken: sameChannel.reduce((sum, { id }) => sum + (taken.get(id) ?? 0), 0),
		causes: [...total.causes]
			.sort(([a, first], [b, second]) => second - first || a - b)
			.slice(0, SHOWN_MAX)
			.map(([cause, count]) => ({ cause: causeKeyOf(cause), count })),
		countries: countries
			.map(([country, rows]) => ({ country, ...withErrors(tally(rows)) }))
			.sort((a, b) => b.tried - a.tried || (a.country < b.country ? -1 : 1))
			.slice(0, SHOWN_MAX),
		times: times.map(([at, rows]) => ({ at, ...withErrors(tally(rows)) })),
		countedAtUtc: counted.size > 0 ? Math.max(...counted.values()) : null,
	};
}

function shown({ causes: _, ...rest }: Tally): Shown {
	return rest;
}

function withErrors(one: Tally): Shown & { errors: number } {
	return { ...shown(one), errors: [...one.causes.values()].reduce((sum, count) => sum + count, 0) };
}
