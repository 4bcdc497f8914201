import { issue } from "#app/lib/issue.ts";
import { FileTooBigError, type UploadForm } from "#app/lib/read-upload-form.server.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireSelf } from "#app/modules/access/require-right.ts";
import { readBooks } from "#db/tx.ts";
import { getProfile } from "./get-profile.server.ts";
import { type AvatarPicture, makeAvatar } from "./make-avatar.server.ts";
import { BadPictureError, ProfileChangedError } from "./profile.errors.ts";
import { AVATAR_MAX_BYTES, MUTABLE_KINDS, profileSchema, wantField } from "./profile.schema.ts";
import { saveProfile } from "./save-profile.server.ts";

export interface FailedProfile {
	/** As typed; the version is today's, so that whoever reads what is said and sends the form again means it. */
	values: Record<string, string>;
	errors: Record<string, string[]>;
	status: 409 | 413 | 422;
}

/**
 * Takes the form of one's own profile: saves all of it, or says what is wrong and saves nothing. Returns undefined when it is saved.
 *
 * @throws Response 403 inside of another's cabinet.
 */
export async function submitProfile(actor: Actor, form: UploadForm<Buffer>): Promise<FailedProfile | undefined> {
	requireSelf(actor);
	const { fields } = form;
	const read = profileSchema(actor.account.country).safeParse(fields);
	const errors: Record<string, string[]> = {};
	for (const { path, message } of read.error?.issues ?? []) errors[String(path[0] ?? "")] ??= [message];
	const picture = await pictureOf(form, errors);
	const isTooBig = form.file?.stored instanceof FileTooBigError;
	if (!read.success || Object.keys(errors).length > 0) return { values: fields, errors, status: isTooBig ? 413 : 422 };
	try {
		const want = MUTABLE_KINDS.filter((kind) => fields[wantField(kind)] !== undefined);
		await saveProfile(actor, { ...read.data, want }, picture);
		return undefined;
	} catch (error) {
		if (!(error instanceof ProfileChangedError)) throw error;
		const { version } = readBooks((tx) => getProfile(tx, actor));
		const values = { ...fields, version: String(version) };
		return { values, errors: { "": ["settings:profile.error.changed"] }, status: 409 };
	}
}

async function pictureOf(
	{ file }: UploadForm<Buffer>,
	errors: Record<string, string[]>,
): Promise<AvatarPicture | undefined> {
	if (!file) return undefined;
	if (file.stored instanceof FileTooBigError) {
		errors.avatar = [issue("settings:profile.error.file_too_big", { megabytes: AVATAR_MAX_BYTES / 1024 ** 2 })];
		return undefined;
	}
	try {
		return await makeAvatar(file.stored);
	} catch (error) {
		if (!(error instanceof BadPictureError)) throw error;
		errors.avatar = [error.message];
		return undefined;
	}
}
