import { log } from "#app/lib/log.ts";
import { START_ANEW } from "#app/lib/start-anew.ts";
import { endHold } from "#app/modules/backup/end-hold.server.ts";
import type { WireWord } from "#app/modules/backup/hold.ts";
import { pauseDoubtful } from "#app/modules/backup/pause-doubtful.server.ts";
import { readHold, writeHold } from "#app/modules/backup/read-hold.server.ts";
import { applyReceipts } from "#app/modules/delivery/apply-receipts.server.ts";
import { markedLine, wireMark } from "#app/modules/delivery/wire-mark.server.ts";
import { migrateBooks } from "#db/migrate.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { beginLine } from "./begin-line.ts";
import { every } from "./every.ts";
import { takeOver } from "./take-over.ts";
import { WIRE_DAYS_KEPT } from "./wire/partitions.ts";
import { wireLine } from "./wire/wire-line.ts";

const LOOK_MS = 500;
/** A day is dropped a while before the wire's days are over. */
const WHOLE_FOR_MS = (WIRE_DAYS_KEPT - 1) * 86_400_000;

/**
 * Brings a restored copy up to what the wire at hand knows, where that is the wire that the copy was made beside and goes back as far. Nothing is
 * called for it; done again, it changes nothing.
 *
 * @param epoch of takeEpoch, 0 without LiteFS.
 * @param open lets every process of this node write.
 */
export async function settleCopy(epoch: number, open: () => Promise<void>): Promise<void> {
	const isSame = markedLine() !== "" && markedLine() === (await wireLine());
	const wire: WireWord = isSame && wireMark() > Date.now() - WHOLE_FOR_MS ? "whole" : "lost";
	if (wire === "whole") await takeOver(epoch, open);
	else {
		await beginLine(epoch);
		migrateBooks();
		await open();
	}
	await inTx((tx) => writeHold(tx, { wire }));
	log.warn({ wire }, "these books are a restored copy: nothing is sent until a person releases it");
}

/**
 * The whole life of a sidecar whose books are held: receipts are applied, and a person's word to release them is waited for. Nothing else
 * of a sidecar runs, so nothing can reach the outside world from here.
 */
export function holdCopy(epoch: number, stopping: AbortSignal): { stop: () => Promise<void> } {
	return every(LOOK_MS, async function holdTheCopy() {
		const hold = readBooks((tx) => readHold(tx));
		if (hold?.asked) await release(hold.asked.wire, hold.wire, epoch);
		else if (hold) await applyReceipts(stopping);
		// Released, by this process or by a predecessor that died right then: all that a sidecar has in memory is of a held copy.
		if (!readBooks((tx) => readHold(tx))) process.exit(START_ANEW);
	});
}

async function release(wire: WireWord, found: WireWord | null, epoch: number): Promise<void> {
	if (wire === "whole" && found !== "whole") await takeOver(epoch, async () => {});
	const paused = await pauseDoubtful(wire);
	await endHold({ wire, paused });
	log.warn({ wire, paused }, "the copy is released: these books are the original from here on");
}
