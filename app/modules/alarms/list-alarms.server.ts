import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import type { Tx } from "#db/tx.ts";
import type { AlarmKind } from "./alarm.ts";

export interface ListedAlarm {
	id: number;
	kind: AlarmKind;
	measured: string;
	/** Unix ms. */
	raisedAtUtc: number;
	/** Null: it lasts. */
	endedAtUtc: number | null;
}

const SHOWN = 20;

/** The last alarms of a provider, the newest first. @throws Response 403 */
export function listAlarms(tx: Tx, actor: Actor, providerId: number): ListedAlarm[] {
	requireRight(actor, "providers.read");
	return tx
		.sql<ListedAlarm>(
			`SELECT id, kind, measured, raised_at_utc AS raisedAtUtc, ended_at_utc AS endedAtUtc FROM provider_alarms
			  WHERE provider_id = ? AND account_id = ? ORDER BY id DESC LIMIT ${SHOWN}`,
		)
		.all(providerId, actor.account.id);
}
