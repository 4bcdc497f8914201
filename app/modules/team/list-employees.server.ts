import { cutPage, PAGE_ROWS } from "#app/lib/page-by-key.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import type { Tx } from "#db/tx.ts";
import type { PersonState } from "./person-states.ts";

export interface ListedPerson {
	id: number;
	login: string;
	name: string;
	role: "owner" | "employee";
	roleName: string | null;
	state: PersonState;
	/** Unix ms, to a quarter of an hour; null: signed in nowhere now. */
	seenAtUtc: number | null;
}

/** The people of the actor's account, owners too, oldest first; whoever was removed is no more among them. */
export function listEmployees(
	tx: Tx,
	actor: Actor,
	filter: { state?: ListedPerson["state"]; roleId?: number; after?: number },
): { rows: ListedPerson[]; nextAfter: number | null } {
	requireRight(actor, "employees.read");
	const rows = tx
		.sql<ListedPerson>(
			`SELECT u.id, u.login, u.name, u.role, r.name AS roleName, u.state,
				(SELECT max(s.seen_at_utc) FROM sign_in_sessions s WHERE s.user_id = u.id AND s.account_id = u.account_id) AS seenAtUtc
			FROM users u LEFT JOIN roles r ON r.id = u.role_id AND r.account_id = u.account_id
			WHERE u.account_id = @accountId AND u.id > @after AND u.password_hash <> ''
				AND (@state IS NULL OR u.state = @state) AND (@roleId IS NULL OR u.role_id = @roleId)
			ORDER BY u.id LIMIT @rows`,
		)
		.all({
			accountId: actor.account.id,
			after: filter.after ?? 0,
			state: filter.state ?? null,
			roleId: filter.roleId ?? null,
			rows: PAGE_ROWS + 1,
		});
	return cutPage(rows);
}
