import type { Actor } from "#app/modules/access/actor.ts";
import { PasteTooLongError } from "./audience.errors.ts";
import { PASTE_MAX_CHARS } from "./audience.ts";
import { createAudience } from "./create-audience.server.ts";
import { storeUpload } from "./store-upload.server.ts";

/**
 * Makes a one_off collection of pasted text: it goes the way of a file, so that a death in the middle loses nothing either.
 *
 * @throws PasteTooLongError above PASTE_MAX_CHARS.
 */
export async function createPastedAudience(actor: Actor, text: string): Promise<number> {
	if (text.length > PASTE_MAX_CHARS) throw new PasteTooLongError(`${text.length} characters were pasted`);
	async function* bytes() {
		yield Buffer.from(text, "utf8");
	}
	return createAudience(actor, await storeUpload(bytes()), "");
}
