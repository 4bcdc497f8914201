import type { Locale } from "#app/lib/locale.ts";
import { loginSkeleton } from "#app/lib/login-skeleton.ts";
import { reservedLogin } from "#app/lib/reserved-login.server.ts";
import type { Tx } from "#db/tx.ts";

export interface NewUser {
	accountId: number;
	/** Normalised already (`normaliseLogin`). */
	login: string;
	passwordHash: string;
	name: string;
	email?: string;
	phone?: string;
	/** The language of its pages; left out: the browser's. */
	locale?: Locale;
	/** Of an employee; without one the user is an owner. */
	roleId?: number;
}

/** The login, or one that looks the same, is somebody's already, or was until its account was closed. */
export class LoginTakenError extends Error {
	override name = "LoginTakenError";
}

/**
 * Writes a sign-in of an account; returns the user's id.
 *
 * @throws LoginTakenError
 */
export function insertUser(tx: Tx, user: NewUser): number {
	const skeleton = loginSkeleton(user.login);
	const taken = tx
		.sql("SELECT 1 FROM users WHERE login_skeleton IN (?, ?) OR login = ?")
		.get(skeleton, reservedLogin(user.login), user.login);
	if (taken) throw new LoginTakenError(user.login);
	const { lastInsertRowid } = tx
		.sql(
			`INSERT INTO users (account_id, login, login_skeleton, password_hash, role, role_id, name, email, phone, locale, created_at_utc)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		)
		.run(
			user.accountId,
			user.login,
			skeleton,
			user.passwordHash,
			user.roleId === undefined ? "owner" : "employee",
			user.roleId ?? null,
			user.name,
			user.email ?? "",
			user.phone ?? "",
			user.locale ?? null,
			Date.now(),
		);
	return Number(lastInsertRowid);
}
