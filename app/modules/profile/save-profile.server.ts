import type { Actor } from "#app/modules/access/actor.ts";
import { requireSelf } from "#app/modules/access/require-right.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { inTx, type Tx } from "#db/tx.ts";
import { getProfile, type Profile } from "./get-profile.server.ts";
import type { AvatarPicture } from "./make-avatar.server.ts";
import { ProfileChangedError } from "./profile.errors.ts";
import { MUTABLE_KINDS, type ProfileInput } from "./profile.schema.ts";

/**
 * Saves the person's own profile; what is not in it (login, password, role) stays.
 *
 * @param picture a new one; undefined: the one that is there stays, or goes (`forgetAvatar`).
 * @throws Response 403 inside of another's cabinet, ProfileChangedError
 */
export async function saveProfile(actor: Actor, input: ProfileInput, picture?: AvatarPicture): Promise<void> {
	requireSelf(actor);
	await inTx((tx) => {
		const before = getProfile(tx, actor);
		if (before.version !== input.version) throw new ProfileChangedError();
		const muted = MUTABLE_KINDS.filter((kind) => !input.want.includes(kind));
		const avatarKey = picture?.key ?? (input.forgetAvatar ? null : before.avatarKey);
		tx.sql(
			`UPDATE users SET name = ?, email = ?, phone = ?, time_zone = ?, locale = ?, muted_notices = ?, avatar_key = ?,
				version = version + 1
			WHERE id = ? AND account_id = ?`,
		).run(
			input.name,
			input.email,
			input.phone,
			input.timeZone,
			input.locale,
			JSON.stringify(muted),
			avatarKey,
			actor.userId,
			actor.account.id,
		);
		keepAvatar(tx, actor, avatarKey, picture);
		const changed = changedFields(before, { ...input, muted, avatarKey });
		if (changed.length > 0) writeAudit(tx, actor, "profile.update", `user:${actor.userId}`, { changed });
	});
}

/** One picture a person: those before it are thrown away. */
function keepAvatar(tx: Tx, actor: Actor, key: string | null, picture: AvatarPicture | undefined): void {
	const owner = [actor.userId, actor.account.id];
	tx.sql("DELETE FROM avatars WHERE user_id = ? AND account_id = ? AND key <> coalesce(?, '')").run(...owner, key);
	if (!picture) return;
	tx.sql("INSERT OR IGNORE INTO avatars (user_id, account_id, key, type, bytes) VALUES (?, ?, ?, ?, ?)").run(
		...owner,
		picture.key,
		picture.type,
		picture.bytes,
	);
}

const FIELDS = ["name", "email", "phone", "timeZone", "locale", "muted", "avatarKey"] as const;

function changedFields(before: Profile, after: Pick<Profile, (typeof FIELDS)[number]>): string[] {
	return FIELDS.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
}
