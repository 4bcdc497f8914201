import type { Actor } from "#app/modules/access/actor.ts";
import type { Tx } from "#db/tx.ts";
import { findAccount } from "./find-account.server.ts";

/** Where the box that goes straight leads: to the account with exactly this id or login, else to the list of what these words find. */
export function jumpTo(tx: Tx, actor: Actor, typed: string): string {
	const accounts = `/${actor.account.kind}/accounts`;
	const found = findAccount(tx, actor, typed);
	return found ? `${accounts}/${found.id}` : `${accounts}?${new URLSearchParams({ q: typed.trim().slice(0, 100) })}`;
}
