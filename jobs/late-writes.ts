import { passLostIds } from "#app/modules/lost-writes/pass-lost-ids.server.ts";
import { tellLostWrites } from "#app/modules/lost-writes/tell-lost-writes.server.ts";
import { findLostWrites } from "./wire/writes/find-lost-writes.ts";

/**
 * Looks for writes whose notes came after the books had been taken over, and tells of them; to be called now and then. The first time it also tells
 * what a predecessor found and did not come to tell.
 */
export function lateWrites(epoch: number): () => Promise<void> {
	let isTold = false;
	return async () => {
		if ((await findLostWrites(epoch)) > 0) isTold = false;
		if (isTold) return;
		await passLostIds();
		await tellLostWrites();
		isTold = true;
	};
}
