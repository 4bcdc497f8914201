import type { Actor } from "#app/modules/access/actor.ts";
import { requireAnyRight } from "#app/modules/access/require-right.ts";
import { type StoredUpload, storeUpload } from "./store-upload.server.ts";

/**
 * Takes the files of the actor's campaign forms into the wire's store.
 *
 * @throws Response 403, before a byte is read.
 */
export function uploadsOf(actor: Actor): (bytes: AsyncIterable<Uint8Array>) => Promise<StoredUpload> {
	requireAnyRight(actor, "campaigns.create", "campaigns.update");
	return (bytes) => storeUpload(bytes);
}
