import type { Actor, Locale } from "#app/modules/access/actor.ts";
import { requireSelf } from "#app/modules/access/require-right.ts";
import type { Tx } from "#db/tx.ts";

export interface Profile {
	userId: number;
	/** Never changes. */
	login: string;
	name: string;
	email: string;
	/** E.164, or empty. */
	phone: string;
	/** Null: the account's. */
	timeZone: string | null;
	accountTimeZone: string;
	/** Null: what the browser asks for. */
	locale: Locale | null;
	avatarKey: string | null;
	muted: string[];
	version: number;
}

/** The person's own profile. Throws Response 403 inside of another's cabinet. */
export function getProfile(tx: Tx, actor: Actor): Profile {
	requireSelf(actor);
	const { mutedJson, ...profile } = tx
		.sql<Omit<Profile, "muted"> & { mutedJson: string }>(
			`SELECT u.id AS userId, u.login, u.name, u.email, u.phone, u.time_zone AS timeZone, a.time_zone AS accountTimeZone,
				u.locale, u.avatar_key AS avatarKey, u.muted_notices AS mutedJson, u.version
			FROM users u JOIN accounts a ON a.id = u.account_id WHERE u.id = ? AND u.account_id = ?`,
		)
		.get(actor.userId, actor.account.id)!;
	return { ...profile, muted: JSON.parse(mutedJson) };
}
