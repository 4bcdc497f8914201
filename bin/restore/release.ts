import { existsSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import { resetEnv } from "#app/lib/env.ts";
import { askRelease } from "#app/modules/backup/ask-release.server.ts";
import type { WireWord } from "#app/modules/backup/hold.ts";
import { listUnderWay } from "#app/modules/backup/list-under-way.server.ts";
import { readHold } from "#app/modules/backup/read-hold.server.ts";
import { PlainError } from "#bin/supervisor/plain-error.ts";
import { booksPath, closeBooks } from "#db/client.ts";
import { inTx, readBooks } from "#db/tx.ts";

const WORD = "release";

const MEANS: Record<WireWord, string> = {
	whole:
		"The wire (Postgres) knows what the original has sent since: campaigns go on where it stopped. Those whose moment has passed meanwhile are paused.",
	lost: "Nobody knows what the original has sent since: every campaign that was under way is paused, and a person decides about each.",
};

/**
 * Asks once more, then gives the word that a held copy be released; its sidecar carries it out, at once or when it is started next.
 *
 * @param how.wire what a person knows better than the sidecar has found out.
 * @throws PlainError
 */
export async function release(dataDir: string, how: { wire: WireWord | undefined; isSure: boolean }): Promise<void> {
	process.env.DATA_DIR = dataDir;
	resetEnv();
	if (!existsSync(booksPath())) throw new PlainError(`There are no books in ${dataDir}`);
	try {
		const { hold, underWay } = readBooks((tx) => ({ hold: readHold(tx), underWay: listUnderWay(tx) }));
		if (!hold) throw new PlainError("These books are not held: there is nothing to release");
		if (hold.asked) throw new PlainError("Its release is asked for already; the running installation carries it out");
		const wire = how.wire ?? hold.wire;
		if (!wire)
			throw new PlainError(
				"It has not been started yet, so nobody knows whether its Postgres is the original's: start it first, or say --wire whole or --wire lost",
			);
		console.log(`Books as of ${new Date(hold.copiedAtUtc).toISOString()}. ${MEANS[wire]}`);
		console.log(`Under way in them: ${underWay.count}`);
		for (const one of underWay.campaigns)
			console.log(`  ${one.id} ${one.state}, ${one.queued} to be sent: ${one.name} (${one.accountName})`);
		console.log("The original must be stopped for good: two that send write to people twice.");
		if (!how.isSure) await ask();
		await inTx((tx) => askRelease(tx, wire, "terminal"));
		console.log(
			"Its release is asked for: a running installation carries it out within seconds, else its next start does.",
		);
	} finally {
		closeBooks();
	}
}

async function ask(): Promise<void> {
	if (!process.stdin.isTTY) throw new PlainError("Nobody is there to be asked: add --yes");
	const lines = createInterface({ input: process.stdin, output: process.stdout });
	const typed = await lines.question(`Type ${WORD} to release it: `);
	lines.close();
	if (typed.trim() !== WORD) throw new PlainError("It stays held");
}
