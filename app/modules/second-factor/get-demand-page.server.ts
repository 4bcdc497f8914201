import type { Actor } from "#app/modules/access/actor.ts";
import { mayAsMuch } from "#app/modules/access/as-much.server.ts";
import { branchStanding } from "#app/modules/access/branch-standing.server.ts";
import { mayUndo } from "#app/modules/access/may-undo.server.ts";
import type { Tx } from "#db/tx.ts";
import { requireDemandable } from "./require-demandable.server.ts";
import { demandOf } from "./set-demand.server.ts";

/** People shown; one who is not among them is found by the login. */
const SHOWN_AT_MOST = 50;

export interface DemandPage {
	account: { id: number; name: string };
	isOwn: boolean;
	/** Who demands it, as the actor has to know; `below`: the account itself or one between, `above`: one above the actor. */
	demandedBy: "nobody" | "actor" | "below" | "above";
	/** What the actor may do about it. */
	deeds: ("on" | "off")[];
	/** Of the account's people, those whose second factor the actor may take away: its own person is none of them. */
	people: { login: string; name: string }[];
}

/** What those below demand can be made one's own: then they don't lift it any more. */
const DEEDS: Record<DemandPage["demandedBy"], DemandPage["deeds"]> = {
	nobody: ["on"],
	actor: ["off"],
	below: ["on", "off"],
	above: [],
};

/**
 * What is demanded of an account's people, and who of them has a second factor.
 *
 * @throws Response 403, also inside another's cabinet; AccountNotFoundError
 */
export function getDemandPage(tx: Tx, actor: Actor, accountId: number): DemandPage {
	const account = requireDemandable(tx, actor, accountId);
	const demand = demandOf(tx, accountId);
	const standing = branchStanding(tx, account.path);
	const mayLift = demand.isDemanded && mayUndo(tx, actor, account.path, demand.byAccountId);
	const isActors = demand.isDemanded && demand.byAccountId === actor.account.id;
	const demandedBy = isActors ? "actor" : mayLift ? "below" : standing.demandsSecondFactor ? "above" : "nobody";
	return {
		account: { id: account.id, name: account.name },
		isOwn: accountId === actor.account.id,
		demandedBy,
		deeds: DEEDS[demandedBy],
		people: mayAsMuch(actor, standing.rights) ? peopleWithFactor(tx, actor, accountId) : [],
	};
}

function peopleWithFactor(tx: Tx, actor: Actor, accountId: number): DemandPage["people"] {
	return tx
		.sql<DemandPage["people"][number]>(
			`SELECT login, name FROM users
			WHERE account_id = ? AND sealed_totp IS NOT NULL AND id <> ? ORDER BY id LIMIT ?`,
		)
		.all(accountId, actor.userId, SHOWN_AT_MOST);
}
