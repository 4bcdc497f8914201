import type { TFunction } from "i18next";
import { writeMicros } from "#app/lib/micros.ts";
import { localOf } from "#app/modules/campaigns/local-time.ts";
import type { HistoryLine, Party } from "./name-lines.server.ts";

/** Heads of an exported history, in the order of `historyRow`. */
export function historyTitles(t: TFunction, currency: string): string[] {
	const own = ["id", "utc", "local", "zone", "what", "kind", "party", "campaign", "campaign_id", "quantity"] as const;
	return [
		...own.map((key) => t(`money:column.${key}`) as string),
		t("money:history.amount", { currency }) as string,
		t("money:history.after", { currency }) as string,
		t("money:note") as string,
	];
}

/** A line of a history as a row of a file; sums are numbers in the currency, exact as far as 15 digits go. */
export function historyRow(t: TFunction, timeZone: string, line: HistoryLine): (string | number | null)[] {
	return [
		line.id,
		new Date(line.atUtc).toISOString(),
		Object.values(localOf(line.atUtc, timeZone)).join(" "),
		timeZone,
		whatOf(t, line),
		line.kind,
		line.party && partyInWords(t, line.party),
		line.campaignName,
		line.campaignName === null ? null : line.campaignId,
		line.quantity,
		Number(writeMicros(line.amountMicros)),
		Number(writeMicros(line.balanceMicros)),
		line.note,
	];
}

function whatOf(t: TFunction, { kind, fee }: HistoryLine): string {
	const what = t(`money:kind.${kind}`) as string;
	if (!fee) return what;
	return [what, fee.sender || (t("fees:account_fee") as string), fee.month].join(" · ");
}

function partyInWords(t: TFunction, party: Party): string {
	return party.is === "account" ? party.name : (t(`money:party.${party.is}`) as string);
}
