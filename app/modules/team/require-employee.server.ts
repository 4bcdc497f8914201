import type { Actor } from "#app/modules/access/actor.ts";
import type { Tx } from "#db/tx.ts";
import { mayGrant, readReach } from "./granter.server.ts";
import type { Reach } from "./reach.ts";
import { EmployeeNotFoundError, StaleTeamError } from "./team.errors.ts";

export interface Employee {
	id: number;
	login: string;
	name: string;
	email: string;
	phone: string;
	state: "active" | "blocked";
	roleId: number | null;
	roleName: string | null;
	hasSecondFactor: boolean;
	version: number;
	createdAtUtc: number;
	/** Unix ms, to a quarter of an hour; null: signed in nowhere now. */
	seenAtUtc: number | null;
	/** What the role lets the person do. */
	reach: Reach;
}

interface Row extends Omit<Employee, "hasSecondFactor" | "reach"> {
	hasSecondFactor: number;
	rights: string | null;
	onlyAccountIds: string | null;
}

/**
 * An employee of the actor's account; owners are none, nor are people who were removed.
 *
 * @throws EmployeeNotFoundError
 */
export function requireEmployee(tx: Tx, actor: Actor, userId: number): Employee {
	const row = tx
		.sql<Row>(
			`SELECT u.id, u.login, u.name, u.email, u.phone, u.state, u.version, u.created_at_utc AS createdAtUtc,
				u.sealed_totp IS NOT NULL AS hasSecondFactor, r.id AS roleId, r.name AS roleName, r.rights,
				r.only_account_ids AS onlyAccountIds,
				(SELECT max(s.seen_at_utc) FROM sign_in_sessions s WHERE s.user_id = u.id AND s.account_id = u.account_id) AS seenAtUtc
			FROM users u LEFT JOIN roles r ON r.id = u.role_id AND r.account_id = u.account_id
			WHERE u.id = ? AND u.account_id = ? AND u.role = 'employee' AND u.password_hash <> ''`,
		)
		.get(userId, actor.account.id);
	if (!row) throw new EmployeeNotFoundError(`no employee ${userId}`);
	const { rights, onlyAccountIds, hasSecondFactor, ...rest } = row;
	return { ...rest, hasSecondFactor: hasSecondFactor === 1, reach: readReach(rights, onlyAccountIds) };
}

/** Whether the actor may change an employee: not itself, and nobody who may do more than itself (that would be a way up). */
export function mayChangeEmployee(tx: Tx, actor: Actor, employee: Employee): boolean {
	return actor.behindUserId === null && employee.id !== actor.userId && mayGrant(tx, actor, employee.reach);
}

/**
 * An employee to whom something is to be done.
 *
 * @param version what the page showed; left out where it does not matter.
 * @throws EmployeeNotFoundError, StaleTeamError; Response 403 for one that is not the actor's to change.
 */
export function requireChangeableEmployee(tx: Tx, actor: Actor, userId: number, version?: number): Employee {
	const employee = requireEmployee(tx, actor, userId);
	if (!mayChangeEmployee(tx, actor, employee)) throw new Response(null, { status: 403 });
	if (version !== undefined && employee.version !== version) throw new StaleTeamError(`version ${employee.version}`);
	return employee;
}
