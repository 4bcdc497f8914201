import { peopleById } from "#app/modules/audit/name-entries.server.ts";
import { putNotice } from "#app/modules/notices/put-notice.server.ts";
import { inTx, readBooks, type Tx } from "#db/tx.ts";
import { lossesBeyond, lossesOfEach, type PersonsLoss, peopleWhoLost } from "#jobs/wire/writes/read-lost-writes.ts";
import { NOT_TOLD } from "./lost-write.ts";

/** Single notices that one person gets at once; the last of them counts the rest. */
const NOTICES_MOST = 10;
const PEOPLE_AT_ONCE = 50;

/** Whom there is to tell, and up to which lost write these books say that it was done; 0: of none. */
interface Told {
	userId: number;
	accountId: number;
	told: number;
}

/**
 * Tells everybody whose writes the books have lost what it was, and the platform's owners how many there are. Nobody is told twice of one, however
 * often this runs; where the books lose the notices too, they are written again.
 */
export async function tellLostWrites(): Promise<void> {
	const except = [...NOT_TOLD];
	for (let after = 0; ; ) {
		const people = await peopleWhoLost(after, except, PEOPLE_AT_ONCE);
		if (people.length === 0) break;
		after = people.at(-1)!;
		await tellPeople(people, except);
	}
	for (const owner of readBooks(owners)) await tellOwner(owner);
}

async function tellPeople(ids: readonly number[], except: readonly string[]): Promise<void> {
	const people = new Map(readBooks((tx) => whoIsThere(tx, ids)).map((one) => [one.userId, one]));
	const asked = [...people.values()].map(({ userId, told }) => ({ personId: userId, told }));
	const losses = await lossesOfEach(asked, except, NOTICES_MOST);
	if (losses.length === 0) return;
	await inTx((tx) => {
		for (const loss of losses) tellPerson(tx, people.get(loss.personId)!, loss);
	});
}

function tellPerson(tx: Tx, to: Told, { first, count, lastId }: PersonsLoss): void {
	if (isToldMore(tx, to, "write.lost")) return;
	for (const [at, { id, entry }] of first.entries()) {
		const isLast = at === first.length - 1;
		putNotice(tx, to, "write.lost", {
			lostId: isLast ? lastId : id,
			verb: entry.verb,
			name: entry.name ?? "",
			amount: typeof entry.detail?.amount === "string" ? entry.detail.amount : "",
			writtenAtUtc: entry.atUtc,
			more: isLast ? count - first.length : 0,
		});
	}
}

async function tellOwner(to: Told): Promise<void> {
	const losses = await lossesBeyond(to.told);
	if (losses.length === 0) return;
	await inTx((tx) => {
		if (isToldMore(tx, to, "writes.lost")) return;
		for (const { lastId, epoch, entries, atUtc } of losses)
			putNotice(tx, to, "writes.lost", { lostId: lastId, epoch, count: entries, foundAtUtc: atUtc });
	});
}

/** Left out is who is gone, or was made in the time that was lost: such an id is nobody else's. */
function whoIsThere(tx: Tx, ids: readonly number[]): Told[] {
	return [...peopleById(tx, ids).values()].map(({ id: userId, accountId }) => {
		const to = { userId, accountId };
		return { ...to, told: lastTold(tx, to, "write.lost") };
	});
}

function owners(tx: Tx): Told[] {
	const root = tx.sql<{ id: number }>("SELECT id FROM accounts WHERE kind = 'admin' ORDER BY id LIMIT 1").get();
	if (!root) return [];
	const accountId = root.id;
	return tx
		.sql<{ userId: number }>("SELECT id AS userId FROM users WHERE account_id = ? AND role = 'owner'")
		.all(accountId)
		.map((to) => ({ ...to, accountId, told: lastTold(tx, { ...to, accountId }, "writes.lost") }));
}

type Kind = "write.lost" | "writes.lost";

/** Another run has told them since it was looked: what is beyond that, the next one tells. */
function isToldMore(tx: Tx, to: Told, kind: Kind): boolean {
	return lastTold(tx, to, kind) > to.told;
}

function lastTold(tx: Tx, to: { userId: number; accountId: number }, kind: Kind): number {
	return tx
		.sql(
			"SELECT coalesce(max(json_extract(detail, '$.lostId')), 0) FROM notices WHERE user_id = ? AND account_id = ? AND kind = ?",
		)
		.pluck()
		.get(to.userId, to.accountId, kind) as number;
}
