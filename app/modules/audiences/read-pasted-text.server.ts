import type { Actor } from "#app/modules/access/actor.ts";
import { maySeeNumbers } from "#app/modules/access/shown-numbers.ts";
import { UnreadableAudienceError } from "./audience.errors.ts";
import type { Audience } from "./audience.queries.server.ts";
import { readUpload } from "./read-upload.server.ts";

/**
 * The text that was pasted for this audience, as long as it is kept (while its campaign is a draft); else undefined, and for whoever
 * may not see numbers: masked text could not be sent back.
 */
export async function readPastedText(actor: Actor, audience: Audience): Promise<string | undefined> {
	if (!maySeeNumbers(actor)) return undefined;
	if (audience.name !== "" || !audience.uploadId) return undefined;
	const pieces: Uint8Array[] = [];
	try {
		for await (const piece of readUpload(audience.uploadId, audience.sizeBytes)) pieces.push(piece);
	} catch (error) {
		if (error instanceof UnreadableAudienceError) return undefined;
		throw error;
	}
	return Buffer.concat(pieces).toString("utf8");
}
