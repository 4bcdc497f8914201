import { env } from "#app/lib/env.ts";
import { log } from "#app/lib/log.ts";
import { standbys } from "#app/modules/standby/standbys.server.ts";
import { standbyProves } from "#app/modules/standby/wait-for-standbys.server.ts";
import { type Position, position } from "#db/cluster/position.ts";
import { holdBooks } from "#db/hold-books.ts";
import { readBooks } from "#db/tx.ts";
import { handEpoch } from "../wire/epochs/hand-epoch.ts";
import { askWeb } from "./ask-web.ts";

/** Writes wait for no longer, whatever happens. */
const SHUT_MS = 5_000;
const LOCK_WITHIN_MS = 1_000;
const EQUAL_WITHIN_MS = 2_000;
const LEADS_WITHIN_MS = 4_000;
const ANSWER_WITHIN_MS = 2_000;

/**
 * Names of the nodes that may have the books, the wished one alone or all that may lead, of which each has just proved that it follows.
 *
 * @throws Error in one line where there is none.
 */
export async function followers(wished: string | null): Promise<string[]> {
	const all = standbys();
	if (wished !== null && !all.includes(wished))
		throw new Error(`${wished} may not lead: CANDIDATE_NODES names ${env().CANDIDATE_NODES.join(", ") || "nobody"}`);
	const now = position();
	if (!now) throw new Error("the books' position cannot be read");
	const names = wished === null ? all : [wished];
	const proven = await Promise.all(names.map((name) => standbyProves(name, now, EQUAL_WITHIN_MS)));
	const good = names.filter((_, at) => proven[at]);
	if (good.length === 0) throw new Error(`${names.join(", ") || "no other node"} does not follow`);
	return good;
}

/**
 * Gives the books to another node without losing a transaction: no write begins, the write lock is held, the other has the very position, our epoch
 * ends, and LiteFS hands its lease over. Call it when this process claims nothing any more and all that it had is stored and applied. Afterwards it must
 * end itself: whether it worked or not, its epoch may be over.
 *
 * @throws Error in one line why the books stayed.
 */
export async function handOver(epoch: number, to: string): Promise<void> {
	const { NODE_NAME } = env();
	const beganAt = performance.now();
	// Its own web may be dead; the lock holds whatever it does.
	await askWeb(NODE_NAME, `shut?for=${SHUT_MS}`, ANSWER_WITHIN_MS).catch((error) =>
		log.warn({ error: (error as Error).message }, "the web does not hold its writes back"),
	);
	try {
		const { release } = await holdBooks(LOCK_WITHIN_MS);
		try {
			await giveTo(epoch, to);
		} finally {
			release();
		}
		log.info({ epoch, to, tookMs: Math.round(performance.now() - beganAt) }, "the books are handed over");
	} finally {
		// The waiting ones go on, here or there.
		await askWeb(NODE_NAME, "open", ANSWER_WITHIN_MS).catch(() => {});
	}
}

async function giveTo(epoch: number, to: string): Promise<void> {
	const at = position();
	if (!at) throw new Error("the books' position cannot be read");
	if (!(await standbyProves(to, at, EQUAL_WITHIN_MS))) throw new Error(`${to} did not come as far as the books`);
	// What senders still have is settled by a full taking over.
	if (!hasClaims()) await handEpoch(epoch, to, at);
	// Where a person says which node leads, the other now has all that this person needs to know of.
	if (env().CONSUL_URL === undefined)
		log.warn({ to, at: written(at) }, "it has everything; it leads when it is told to");
	else await askWeb(to, `lead?at=${written(at)}`, LEADS_WITHIN_MS);
}

function hasClaims(): boolean {
	return readBooks((tx) => tx.sql("SELECT 1 FROM claims WHERE owner IS NOT NULL LIMIT 1").get() !== undefined);
}

/** As LiteFS writes it. */
function written({ txid, checksum }: Position): string {
	return `${txid.toString(16).padStart(16, "0")}/${checksum}`;
}
