import type { Tx } from "#db/tx.ts";
import type { Actor } from "./actor.ts";
import { branchStanding } from "./branch-standing.server.ts";

/** The cabinet that somebody is inside, and how long still. */
export interface LivingImpersonation {
	id: number;
	/** As whom the person acts: the owner of the account that was entered. */
	actor: Actor;
	isReadOnly: boolean;
	endsAtUtc: number;
	/** The cabinet that this one was entered from, where that had been entered too. */
	outerId: number | null;
	/** Whose cabinet is gone back to. */
	outerName: string;
}

interface Row {
	id: number;
	userId: number;
	behindUserId: number;
	outerId: number | null;
	isReadOnly: number;
	endsAtUtc: number;
	endedAtUtc: number | null;
	accountId: number;
	state: "active" | "blocked" | "closed";
	kind: Actor["account"]["kind"];
	path: string;
	name: string;
	timeZone: string;
	country: string;
	locale: Actor["account"]["locale"];
}

/**
 * The impersonation that a session is in; where it has ended, the one outside of it that has not; null: the person is at home
 * again. What was entered must still lie in the scope of whoever entered it: a branch that was moved away is left at once.
 */
export function livingImpersonation(tx: Tx, home: Actor, id: number | null): LivingImpersonation | null {
	// Each level is looked at with the eyes of the one outside of it, so the outermost comes first.
	const levels: Row[] = [];
	for (let at = id; at !== null && levels.length < 16; ) {
		const row = impersonation(tx, at);
		if (!row || row.behindUserId !== home.userId) return null;
		levels.unshift(row);
		at = row.outerId;
	}
	let found = null as LivingImpersonation | null;
	for (const row of levels) {
		const outer: Actor = found?.actor ?? home;
		const isBelow = row.path !== outer.account.path && row.path.startsWith(outer.account.path);
		if (!isBelow || row.endedAtUtc !== null || row.endsAtUtc <= Date.now()) return found;
		const standing = branchStanding(tx, row.path);
		const isClosed = row.state === "closed" || (!standing.isActive && standing.block === null);
		if (isClosed) return found;
		// A blocked cabinet may be looked at; nothing is done in it.
		const isReadOnly: boolean = row.isReadOnly === 1 || !standing.isActive || found?.isReadOnly === true;
		found = {
			id: row.id,
			actor: actorOf(row, standing.rights),
			isReadOnly,
			endsAtUtc: row.endsAtUtc,
			outerId: row.outerId,
			outerName: outer.account.name,
		};
	}
	return found;
}

/**
 * Of an impersonation that is not living any more and that nobody has left by the button: whose cabinet it was, and the level that
 * leads back to where the person is now (those between have ended with it).
 */
export function lapsedImpersonation(
	tx: Tx,
	home: Actor,
	id: number,
	livingId: number | undefined,
): { id: number; accountName: string } | null {
	const innermost = impersonation(tx, id);
	if (!innermost || innermost.behindUserId !== home.userId || innermost.endedAtUtc !== null) return null;
	let level = innermost;
	for (let outer: Row | undefined = level; outer && outer.id !== livingId && outer.endedAtUtc === null; ) {
		level = outer;
		outer = level.outerId === null ? undefined : impersonation(tx, level.outerId);
	}
	return { id: level.id, accountName: innermost.name };
}

function impersonation(tx: Tx, id: number): Row | undefined {
	return tx
		.sql<Row>(
			`SELECT i.id, i.user_id AS userId, i.behind_user_id AS behindUserId, i.outer_id AS outerId, i.is_read_only AS isReadOnly,
				i.ends_at_utc AS endsAtUtc, i.ended_at_utc AS endedAtUtc, a.id AS accountId, a.kind, a.path, a.name,
				a.state, a.time_zone AS timeZone, a.country, a.locale
			FROM impersonations i JOIN accounts a ON a.id = i.account_id WHERE i.id = ?`,
		)
		.get(id);
}

function actorOf(row: Row, rights: Actor["rights"]): Actor {
	const { kind, path, name, timeZone, country, locale } = row;
	return {
		userId: row.userId,
		behindUserId: row.behindUserId,
		role: "owner",
		account: { id: row.accountId, kind, path, name, timeZone, country, locale },
		rights,
		branches: [path],
	};
}
