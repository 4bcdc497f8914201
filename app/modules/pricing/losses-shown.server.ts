import type { Actor } from "#app/modules/access/actor.ts";
import { IN_SCOPE, scopeOf } from "#app/modules/access/scope.ts";
import type { Tx } from "#db/tx.ts";
import type { FoundLosses } from "./gather-losses.server.ts";

/** Losses that a page names; the count says how many there are. */
const SHOWN = 20;

export interface ShownLosses extends Omit<FoundLosses, "losses"> {
	rows: (FoundLosses["losses"][number] & { sellerName: string; buyerName: string })[];
	count: number;
}

/** Losses with the names of whom they are about: all in the actor's scope, or its own account. */
export function lossesShown(tx: Tx, actor: Actor, { losses, isCut, hash }: FoundLosses): ShownLosses {
	const rows = losses.slice(0, SHOWN);
	const ids = [...new Set(rows.flatMap(({ sellerId, buyerId }) => [sellerId, buyerId]))];
	const names = new Map(
		tx
			.sql<[number, string]>(
				`SELECT a.id, a.name FROM json_each(@ids) i JOIN accounts a ON a.id = i.value WHERE ${IN_SCOPE}`,
			)
			.raw()
			.all({ ids: JSON.stringify(ids), scope: scopeOf(actor) }) as [number, string][],
	).set(actor.account.id, actor.account.name);
	const nameOf = (id: number) => names.get(id) ?? "";
	const shown = rows.map((row) => ({ ...row, sellerName: nameOf(row.sellerId), buyerName: nameOf(row.buyerId) }));
	return { rows: shown, count: losses.length, isCut, hash };
}
