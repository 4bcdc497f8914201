import { env } from "#app/lib/env.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireKind, requireOwnRight } from "#app/modules/access/require-right.ts";
import type { Tx } from "#db/tx.ts";
import { readBackupState } from "./backup-state.server.ts";
import { listUnderWay } from "./list-under-way.server.ts";
import { readHold } from "./read-hold.server.ts";

/** How the backups stand, and of a restored copy what is to be known before it is released. @throws Response 403 */
export function getBackupsPage(tx: Tx, actor: Actor) {
	requireOwnRight(actor, "providers.read");
	requireKind(actor, "admin");
	const hold = readHold(tx);
	return {
		...readBackupState(tx),
		isOff: env().BACKUP_EVERY_HOURS === 0,
		hold: hold && { copiedAtUtc: hold.copiedAtUtc, wire: hold.wire, isAsked: hold.asked !== null },
		underWay: hold ? listUnderWay(tx) : null,
	};
}
