import type { Actor } from "#app/modules/access/actor.ts";
import { requireKind, requireOwnRight } from "#app/modules/access/require-right.ts";
import type { Tx } from "#db/tx.ts";
import type { Brake } from "./brake.ts";
import { platformBrake } from "./platform-brake.server.ts";

/** The brake that counts where nobody has chosen another one. @throws Response 403 for all but the admin's people */
export function getPlatformBrake(tx: Tx, actor: Actor): Brake {
	requireKind(actor, "admin");
	requireOwnRight(actor, "accounts.update");
	return platformBrake(tx);
}
