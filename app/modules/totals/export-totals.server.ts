import { setImmediate as otherRequests } from "node:timers/promises";
import type { TFunction } from "i18next";
import { CSV_BOM, csvLine } from "#app/lib/csv.ts";
import { writeMicros } from "#app/lib/micros.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireOwnRight } from "#app/modules/access/require-right.ts";
import { IN_SCOPE, scopeOf } from "#app/modules/access/scope.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { type DayRow, dateOfDay } from "#app/modules/ledger/money-day.ts";
import { currency } from "#app/modules/platform/currency.server.ts";
import { inTx, readBooks, type Tx } from "#db/tx.ts";
import type { Period } from "./period.ts";

const LINES_MAX = 200_000;

type Row = DayRow & { day: number; name: string | null };

/**
 * What an account earned and paid in a period as a CSV file: a line for each day, payer, channel, country and content. Read by key, each
 * payer in a transaction of its own. That it was taken out is noted.
 *
 * @param t of any namespace, in the reader's language.
 * @throws Response 403
 */
export async function exportTotals(
	actor: Actor,
	period: Period,
	t: TFunction,
	maxLines = LINES_MAX,
): Promise<ReadableStream<Uint8Array>> {
	requireOwnRight(actor, "money.read");
	const titles = titlesOf(
		t,
		actor,
		readBooks((tx) => currency(tx)),
	);
	await inTx((tx) =>
		writeAudit(tx, actor, "money.export", `account:${actor.account.id}`, { since: period.from, until: period.to }),
	);
	const encoder = new TextEncoder();
	let after = 0;
	let lines = 0;
	return new ReadableStream<Uint8Array>(
		{
			start: (controller) => controller.enqueue(encoder.encode(CSV_BOM + csvLine(titles))),
			async pull(controller) {
				await otherRequests();
				const payer = readBooks((tx) => nextPayer(tx, actor, after, period));
				if (!payer) return controller.close();
				after = payer.id;
				lines += payer.rows.length;
				const kept = payer.rows.slice(0, Math.max(0, payer.rows.length - Math.max(0, lines - maxLines)));
				const text = kept.map((row) => csvLine(lineOf(t, actor, row))).join("");
				// A payer without a line still asks to be called again.
				controller.enqueue(encoder.encode(text));
				if (lines <= maxLines) return;
				controller.enqueue(encoder.encode(csvLine([t("totals:export.cut", { max: maxLines }) as string])));
				controller.close();
			},
		},
		{ highWaterMark: 1 },
	);
}

function nextPayer(
	tx: Tx,
	actor: Actor,
	after: number,
	{ fromDay, toDay }: Period,
): { id: number; rows: Row[] } | null {
	const of = { accountId: actor.account.id, after, fromDay, toDay, scope: scopeOf(actor) };
	const id = tx
		.sql("SELECT min(child_id) FROM money_days WHERE account_id = @accountId AND child_id > @after")
		.pluck()
		.get(of) as number | null;
	if (id === null) return null;
	const rows = tx
		.sql<Row>(
			`SELECT d.day, d.child_id AS childId, (SELECT a.name FROM accounts a WHERE a.id = @id AND ${IN_SCOPE}) AS name, d.channel,
			        d.country, d.kind, d.messages, d.revenue_micros AS revenueMicros, d.cost_micros AS costMicros
			   FROM money_days d WHERE d.account_id = @accountId AND d.child_id = @id AND d.day BETWEEN @fromDay AND @toDay
			  ORDER BY d.day, d.channel, d.country, d.kind`,
		)
		.all({ ...of, id });
	return { id, rows };
}

function titlesOf(t: TFunction, { account }: Actor, unit: string): string[] {
	const words = (key: string) => t(`totals:${key}`, { currency: unit }) as string;
	const base = ["day_utc", "account_id", "account", "channel", "country", "content", "messages"].map(words);
	return account.kind === "client"
		? [...base, words("spent_in")]
		: [...base, words("revenue_in"), words("cost_in"), words("margin_in")];
}

function lineOf(t: TFunction, { account }: Actor, row: Row): (string | number | null)[] {
	const sum = (micros: number) => Number(writeMicros(micros));
	const { day, childId, name, channel, country, kind, messages, revenueMicros, costMicros } = row;
	const what = t(channel === "" ? "totals:fees" : `campaigns:channel.${channel}`) as string;
	const base = [dateOfDay(day), childId, name, what, country, kind, messages];
	if (account.kind === "client") return [...base, sum(costMicros)];
	return [...base, sum(revenueMicros), sum(costMicros), sum(revenueMicros - costMicros)];
}
