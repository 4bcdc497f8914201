import { balanceOf } from "#app/modules/ledger/balance-of.server.ts";
import type { DayRow } from "#app/modules/ledger/money-day.ts";
import { postTransfer } from "#app/modules/ledger/post-transfer.server.ts";
import { settleOwed } from "#app/modules/ledger/settle-owed.server.ts";
import { takeOrOwe } from "#app/modules/ledger/take-or-owe.ts";
import type { By, Part, TransferKind } from "#app/modules/ledger/transfer.ts";
import { findCost } from "#app/modules/routing/find-cost.server.ts";
import type { Tx } from "#db/tx.ts";
import { CHARGE, type Charge } from "./charge.ts";
import { type ChargedLeg, captureParts, costParts, holdParts, netParts, releaseParts } from "./charge-parts.ts";
import { chargeRows } from "./charge-rows.ts";
import type { PriceClass } from "./price-class.server.ts";

/** `quantity` messages of a class whose charge went from one state to another. Null: they have no message yet, or will have none. */
export interface ChargeMove {
	from: Charge | null;
	to: Charge | null;
	quantity: number;
	/** Who carried what is charged now; null: not known, or nothing is charged. */
	providerId: number | null;
	by?: By;
}

/**
 * Moves the money for messages of one price class at every tier, in the transaction that moves the messages: one transfer. Counts it for
 * the next one's key; what the class counts of messages is the caller's.
 *
 * @returns the transfer, and what it comes to by day, which the caller adds to the day totals; nothing for what is held or given back.
 * @throws InsufficientFundsError only for what is to be held; a charge cannot fail.
 */
export function postCharge(tx: Tx, of: PriceClass, move: ChargeMove): { transferId: number; days: DayRow[] } {
	const opId = `charge:${of.campaignId}:${of.class}:${of.transfers + 1}`;
	const parts = partsOf(tx, of, move);
	const { from, to, quantity, providerId, by = null } = move;
	const leg = to === "captured_second" ? "second" : "first";
	const kind = kindOf(move);
	const { transferId } = postTransfer(tx, {
		opId,
		input: { from, to, quantity, providerId },
		kind,
		accountId: of.accountId,
		by,
		messages: { campaignId: of.campaignId, priceClass: of.class, quantity, isSecondLeg: leg === "second" },
		parts,
	});
	of.transfers++;
	tx.sql("UPDATE price_classes SET transfers = ? WHERE campaign_id = ? AND class = ? AND account_id = ?").run(
		of.transfers,
		of.campaignId,
		of.class,
		of.accountId,
	);
	for (const { accountId, book, amountMicros } of parts)
		if (book === "available" && amountMicros > 0) settleOwed(tx, accountId, opId);
	if (kind !== "capture" && kind !== "refund") return { transferId, days: [] };
	const costMicros = parts.reduce((sum, part) => (part.book === "providers" ? sum + part.amountMicros : sum), 0);
	return { transferId, days: chargeRows(of, leg, kind === "capture" ? quantity : -quantity, costMicros) };
}

function kindOf({ from, to }: ChargeMove): TransferKind {
	if (to === "captured" || to === "captured_second") return "capture";
	if (to === "refunded") return "refund";
	return from === null ? "hold" : "release";
}

function partsOf(tx: Tx, of: PriceClass, { from, to, quantity, providerId }: ChargeMove): Part[] {
	if (from === null) return holdParts(of, quantity);
	if (to === "refunded") return orOwed(tx, netParts(of, "first", -quantity));
	if (to !== "captured" && to !== "captured_second") return releaseParts(of, quantity);
	const leg: ChargedLeg = to === "captured" ? "first" : "second";
	// What was given back has been paid to the provider before.
	const cost = from === "refunded" ? [] : costOf(tx, of, leg, providerId, quantity);
	if (from === "held") return [...captureParts(of, leg, quantity), ...cost];
	return [...orOwed(tx, netParts(of, leg, quantity)), ...cost];
}

/** Who has to pay what is not held any more pays what it has, and owes the rest. */
function orOwed(tx: Tx, parts: Part[]): Part[] {
	return parts.flatMap((part) =>
		part.amountMicros < 0 ? takeOrOwe(part.accountId, balanceOf(tx, part.accountId), -part.amountMicros) : [part],
	);
}

/** A cost that nobody has written down is counted as none. */
function costOf(tx: Tx, of: PriceClass, leg: ChargedLeg, providerId: number | null, quantity: number): Part[] {
	const { country, kind } = of;
	const one = providerId === null ? null : findCost(tx, { providerId, country, kind });
	return one ? costParts(of.rootId, one * (leg === "first" ? of.parts : of.secondParts), quantity) : [];
}

const NAMES = new Map(Object.entries(CHARGE).map(([name, number]) => [number as number, name as Charge]));

export function chargeNameOf(number: number): Charge {
	const name = NAMES.get(number);
	if (!name) throw new RangeError(`no charge has the number ${number}`);
	return name;
}
