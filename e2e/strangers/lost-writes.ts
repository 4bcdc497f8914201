import { loseWrite } from "../harness/lose-write.ts";
import { innerWord } from "./tree.ts";
import type { World } from "./world.ts";

/** Has every account's owner lose something by a failover, with the account's own words in it. */
export async function addLostWrites(world: World, wireUrl: string): Promise<void> {
	for (const { id, path, ownerId, word } of Object.values(world.accounts))
		await loseWrite(wireUrl, {
			...{ auditId: 1, accountId: id, path, atUtc: Date.now(), userId: ownerId, behindUserId: null },
			...{ verb: "campaign.create", subject: "campaign:1", name: `Lost ${innerWord(word)}`, detail: null },
		});
}
