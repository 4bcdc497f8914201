import type { Actor } from "#app/modules/access/actor.ts";
import type { Tx } from "#db/tx.ts";
import { STOP_COLUMNS, STOP_PEOPLE, type StopRow } from "./shown-stop.ts";
import { StopNotFoundError } from "./stop.errors.ts";

/** @throws StopNotFoundError also for an entry of any list that is not the actor's account's own. */
export function requireStop(tx: Tx, actor: Actor, stopId: number): StopRow {
	const row = tx
		.sql<StopRow>(`SELECT ${STOP_COLUMNS} FROM stops s ${STOP_PEOPLE} WHERE s.id = ? AND s.account_id = ?`)
		.get(stopId, actor.account.id);
	if (!row) throw new StopNotFoundError(`no entry ${stopId}`);
	return row;
}
