import { setImmediate as yieldTurn } from "node:timers/promises";
import { CHARGE, type Charge } from "#app/modules/charging/charge.ts";
import { chargeNameOf } from "#app/modules/charging/post-charge.server.ts";
import { booksPath, openConnection } from "#db/client.ts";
import { COUNTER_COLUMN, MESSAGE_STATE, messageStateOf } from "./message-state.ts";

/** Ids counted at a stretch: a few ms. */
const IDS_A_SLICE = 20_000;

interface SliceRow {
	state: number;
	cause: number | null;
	priceClass: number | null;
	charge: number | null;
	count: number;
}

const CHARGES = Object.keys(CHARGE) as Charge[];

export interface CountDifference {
	/** "delivered": a state's counter; "cause 5": a cause's; "class 2 held": a price class's. */
	figure: string;
	kept: number;
	counted: number;
}

export interface Counted {
	campaignId: number;
	accountId: number;
	messages: number;
	differences: CountDifference[];
}

/** A moment of the books that stays still for as long as one campaign is counted, whatever is sent meanwhile. */
export interface Recounter {
	/** The next campaign behind this one, counted; null: there is none. `isStopping` breaks it off: undefined. */
	next(afterCampaignId: number, isStopping: () => boolean): Promise<Counted | null | undefined>;
	close(): void;
}

/**
 * Opens a connection of its own: each campaign is counted within one read transaction, in slices with other work between them, so that it
 * holds up neither this process nor any writer, and is compared with the counters of the same moment.
 */
export function openRecounter(): Recounter {
	const { raw } = openConnection(booksPath(), "read");
	const campaign = raw.prepare<[number], { id: number; accountId: number; first: number; count: number }>(
		`SELECT id, account_id AS accountId, first_message_id AS first, message_count AS count FROM campaigns
		  WHERE id > ? AND first_message_id IS NOT NULL ORDER BY id LIMIT 1`,
	);
	const counters = raw.prepare<[number, number], Record<string, number>>(
		"SELECT * FROM campaign_counters WHERE campaign_id = ? AND account_id = ?",
	);
	const causes = raw.prepare<[number, number], { cause: number; messages: number }>(
		"SELECT cause, messages FROM campaign_causes WHERE campaign_id = ? AND account_id = ?",
	);
	const classes = raw.prepare<[number, number], Record<Charge | "class", number>>(
		"SELECT class, held, captured, captured_second, released, refunded FROM price_classes WHERE campaign_id = ? AND account_id = ?",
	);
	const slice = raw.prepare<[number, number], SliceRow>(
		`SELECT state, cause, price_class AS priceClass, charge, count(*) AS count FROM message_states
		  WHERE id >= ? AND id < ? GROUP BY state, cause, price_class, charge`,
	);
	return {
		async next(after, isStopping) {
			raw.exec("BEGIN");
			try {
				const found = campaign.get(after);
				if (!found) return null;
				const counted = new Map<string, number>();
				const end = found.first + found.count;
				for (let from = found.first; from < end; from += IDS_A_SLICE) {
					if (isStopping()) return undefined;
					for (const { state, cause, priceClass, charge, count } of slice.all(
						from,
						Math.min(from + IDS_A_SLICE, end),
					)) {
						add(counted, messageStateOf(state), count);
						if (cause !== null) add(counted, `cause ${cause}`, count);
						if (priceClass !== null && charge !== null)
							add(counted, `class ${priceClass} ${chargeNameOf(charge)}`, count);
					}
					await yieldTurn();
				}
				const kept = keptFigures(counters.get(found.id, found.accountId), causes.all(found.id, found.accountId));
				for (const row of classes.all(found.id, found.accountId))
					for (const name of CHARGES) kept.set(`class ${row.class} ${name}`, row[name]);
				const differences = differencesOf(kept, counted);
				return { campaignId: found.id, accountId: found.accountId, messages: found.count, differences };
			} finally {
				raw.exec("COMMIT");
			}
		},
		close: () => void raw.close(),
	};
}

function keptFigures(
	counters: Record<string, number> | undefined,
	causes: { cause: number; messages: number }[],
): Map<string, number> {
	const kept = new Map<string, number>();
	for (const rank of Object.values(MESSAGE_STATE))
		kept.set(messageStateOf(rank), counters?.[COUNTER_COLUMN[rank]!] ?? 0);
	for (const { cause, messages } of causes) kept.set(`cause ${cause}`, messages);
	return kept;
}

function differencesOf(kept: Map<string, number>, counted: Map<string, number>): CountDifference[] {
	return [...new Set([...kept.keys(), ...counted.keys()])]
		.map((figure) => ({ figure, kept: kept.get(figure) ?? 0, counted: counted.get(figure) ?? 0 }))
		.filter((one) => one.kept !== one.counted);
}

function add(map: Map<string, number>, key: string, count: number): void {
	map.set(key, (map.get(key) ?? 0) + count);
}
