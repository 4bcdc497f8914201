import { cutPage, PAGE_ROWS } from "#app/lib/page-by-key.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireKind, requireOwnRight } from "#app/modules/access/require-right.ts";
import { type NamedEntry, nameEntries } from "#app/modules/audit/name-entries.server.ts";
import { VERB_GROUPS } from "#app/modules/audit/trail-filter.ts";
import { readBooks } from "#db/tx.ts";
import {
	type LossyTakeOver,
	type LostWrite,
	lossyTakeOvers,
	pageOfLostWrites,
} from "#jobs/wire/writes/read-lost-writes.ts";
import type { LostFilter } from "./lost-write.ts";

const TAKE_OVERS_SHOWN = 50;

export interface ShownLoss extends NamedEntry {
	/** The account acted for; null: it is gone as well. */
	accountName: string | null;
	foundEpoch: number;
	foundAtUtc: number;
	isInTime: boolean;
	isBack: boolean;
}

/**
 * What the books have lost of people's writes, newest first, 50 a page, and the newest takings over that missed something.
 *
 * @throws Response 403: it is for those of the platform's people who may reach everybody.
 */
export async function listLostWrites(
	actor: Actor,
	filter: LostFilter,
	before: number | undefined,
): Promise<{ rows: ShownLoss[]; nextAfter: number | null; takeOvers: LossyTakeOver[] }> {
	requireKind(actor, "admin");
	requireOwnRight(actor, "audit.read");
	const words = filter.group && VERB_GROUPS[filter.group];
	const query = { epoch: filter.epoch, words, before: before ?? null };
	const { rows, nextAfter } = cutPage(await pageOfLostWrites(query, PAGE_ROWS + 1));
	return { rows: nameLost(actor, rows), nextAfter, takeOvers: await lossyTakeOvers(TAKE_OVERS_SHOWN) };
}

function nameLost(actor: Actor, lost: LostWrite[]): ShownLoss[] {
	const stored = lost.map(({ id, entry }) => ({
		...entry,
		id,
		detail: entry.detail && JSON.stringify(entry.detail),
	}));
	return readBooks((tx) => {
		const accounts = new Map(
			tx
				.sql<[number, string]>("SELECT id, name FROM accounts WHERE id IN (SELECT value FROM json_each(?))")
				.raw()
				.all(JSON.stringify(lost.map(({ entry }) => entry.accountId))) as [number, string][],
		);
		return nameEntries(tx, actor, stored).map((named, at) => {
			const { entry, foundEpoch, foundAtUtc, isInTime, isBack } = lost[at]!;
			// As it was called then: what was made in the time that is lost is in no books.
			const subject = { ...named.subject, name: entry.name ?? named.subject.name };
			const accountName = accounts.get(entry.accountId) ?? null;
			return { ...named, subject, accountName, foundEpoch, foundAtUtc, isInTime, isBack };
		});
	});
}
