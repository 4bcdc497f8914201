import { type DayRow, utcOfDay } from "#app/modules/ledger/money-day.ts";
import type { Prover } from "./prove.server.ts";
import { RECOUNTED } from "./recounted-days.ts";

/** Transfers, and rows of day totals, a slice. */
const IDS = 1_000;
const ROWS = 5_000;

const FIELDS = { messages: "day_messages", revenueMicros: "day_revenue", costMicros: "day_cost" } as const;
type Sums = Pick<DayRow, keyof typeof FIELDS>;
type Counted = Map<string, Sums & { accountId: number }>;

/** The day totals of every account are what its transfers of that day come to, day by day. */
export async function proveDays(prover: Prover): Promise<void> {
	for (let day: number | null = -1; ; ) {
		day = await nextDay(prover, day);
		if (day === null) return;
		const today = day;
		// No transfer comes to lie in a day once there is a later one; till then its rows and its transfers are read at one moment.
		const isOver = (await firstSince(prover, today + 1)) !== null;
		if (isOver) await proveDay(prover, today);
		else await prover.moment(() => proveDay({ ...prover, slice: sliceWithin(prover) }, today));
	}
}

const sliceWithin =
	({ turn }: Prover): Prover["slice"] =>
	async (read) => {
		await turn();
		return read();
	};

/** The next day that has transfers or totals. */
function nextDay({ tx, slice }: Prover, after: number): Promise<number | null> {
	return slice(() => {
		const days = [
			tx
				.sql("SELECT at_utc / 86400000 FROM transfers WHERE at_utc >= ? ORDER BY at_utc LIMIT 1")
				.pluck()
				.get(utcOfDay(after + 1)),
			tx.sql("SELECT day FROM money_days WHERE day > ? ORDER BY day LIMIT 1").pluck().get(after),
		].filter((day) => day !== undefined) as number[];
		return days.length === 0 ? null : Math.min(...days);
	});
}

/** Id of the first transfer of a day, or of those after it. */
function firstSince({ tx, slice }: Prover, day: number): Promise<number | null> {
	return slice(
		() =>
			(tx.sql("SELECT id FROM transfers WHERE at_utc >= ? ORDER BY at_utc, id LIMIT 1").pluck().get(utcOfDay(day)) ??
				null) as number | null,
	);
}

async function proveDay(prover: Prover, day: number): Promise<void> {
	const { tx, slice, report } = prover;
	const counted: Counted = new Map();
	const first = await firstSince(prover, day);
	const last = await slice(() => tx.sql("SELECT max(id) FROM transfers").pluck().get() as number | null);
	const end = (await firstSince(prover, day + 1)) ?? (last ?? 0) + 1;
	for (let fromId = first ?? end; fromId < end; fromId += IDS) {
		const of = { fromId, beforeId: Math.min(fromId + IDS, end) };
		for (const row of await slice(() => tx.sql<DayRow>(RECOUNTED).all(of))) {
			gather(counted, row);
			gather(counted, { ...row, childId: 0, country: "", kind: "" });
		}
	}
	await compareKept(prover, day, counted);
	for (const { accountId, ...sums } of counted.values())
		for (const field of fields)
			if (sums[field] !== 0) report({ kind: FIELDS[field], id: accountId, keptMicros: 0, countedMicros: sums[field] });
}

const fields = Object.keys(FIELDS) as (keyof typeof FIELDS)[];
const keyOf = (row: DayRow) => `${row.accountId} ${row.childId} ${row.channel} ${row.country} ${row.kind}`;

function gather(counted: Counted, row: DayRow): void {
	const kept = counted.get(keyOf(row));
	if (!kept) {
		const { accountId, messages, revenueMicros, costMicros } = row;
		counted.set(keyOf(row), { accountId, messages, revenueMicros, costMicros });
	} else for (const field of fields) kept[field] += row[field];
}

/** Reports each row that differs, and takes those that were found out of `counted`. */
async function compareKept({ tx, slice, report }: Prover, day: number, counted: Counted): Promise<void> {
	let after = { accountId: -1, childId: 0, channel: "", country: "", kind: "" };
	for (let isMore = true; isMore; ) {
		const rows = await slice(() =>
			tx
				.sql<DayRow>(
					`SELECT account_id AS accountId, child_id AS childId, channel, country, kind, messages,
					        revenue_micros AS revenueMicros, cost_micros AS costMicros
					   FROM money_days INDEXED BY money_days_day
					  WHERE day = @day AND (account_id, child_id, channel, country, kind) > (@accountId, @childId, @channel, @country, @kind)
					  ORDER BY account_id, child_id, channel, country, kind LIMIT ${ROWS}`,
				)
				.all({ ...after, day }),
		);
		for (const row of rows) {
			const sums = counted.get(keyOf(row)) ?? { messages: 0, revenueMicros: 0, costMicros: 0 };
			counted.delete(keyOf(row));
			for (const field of fields)
				if (row[field] !== sums[field])
					report({ kind: FIELDS[field], id: row.accountId, keptMicros: row[field], countedMicros: sums[field] });
		}
		const last = rows.at(-1);
		if (last) {
			const { accountId, childId, channel, country, kind } = last;
			after = { accountId, childId, channel, country, kind };
		}
		isMore = rows.length === ROWS;
	}
}
