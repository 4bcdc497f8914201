import { setTimeout as pause } from "node:timers/promises";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireOwnRight } from "#app/modules/access/require-right.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { inTx, type Tx } from "#db/tx.ts";
import type { StopReach } from "./stop-reach.ts";

const STOPS_A_TX = 250;
const PAUSE_MS = 2;

/**
 * Puts people on the stop list of the actor's account; who is on it in that very way stays so.
 *
 * @param phones E.164, each once.
 * @returns how many were not on it before.
 * @throws Response 403
 */
export async function addStops(actor: Actor, phones: string[], reach: StopReach, note: string): Promise<number> {
	requireOwnRight(actor, "stops.create");
	let added = 0;
	for (let from = 0; from < phones.length; from += STOPS_A_TX) {
		if (from > 0) await pause(PAUSE_MS);
		added += await inTx((tx) => addSlice(tx, actor, phones.slice(from, from + STOPS_A_TX), reach, note));
	}
	return added;
}

function addSlice(tx: Tx, actor: Actor, phones: string[], { channel, sender }: StopReach, note: string): number {
	const insert = tx.sql<{ id: number }>(
		`INSERT INTO stops (account_id, recipient, channel, sender, note, user_id, created_at_utc) VALUES (?, ?, ?, ?, ?, ?, ?)
		 ON CONFLICT DO NOTHING RETURNING id`,
	);
	const now = Date.now();
	const ids = phones.flatMap(
		(phone) => insert.all(actor.account.id, phone, channel, sender, note, actor.userId, now) as { id: number }[],
	);
	// No number: the audit is read by people who may not see them.
	const detail = { count: ids.length, channel, sender, reason: note };
	if (ids.length > 0) writeAudit(tx, actor, "stop.add", `stop:${ids[0]!.id}`, detail);
	return ids.length;
}
