import type { AuditVerb } from "#app/modules/audit/audit-verbs.ts";
import { peopleById } from "#app/modules/audit/name-entries.server.ts";
import { putNotice } from "#app/modules/notices/put-notice.server.ts";
import { inTx, type Tx } from "#db/tx.ts";
import { type LostWrite, readLostWrites } from "#jobs/wire/writes/read-lost-writes.ts";
import { NOT_TOLD } from "./lost-write.ts";

/** Single notices that one person gets at once; the last of them counts the rest. */
const NOTICES_MOST = 10;
const PEOPLE_AT_ONCE = 50;

/**
 * Tells everybody whose writes the books have lost what it was, and the platform's owners how many there are. Nobody is told twice of one, however
 * often this runs; where the books lose the notices too, they are written again.
 */
export async function tellLostWrites(): Promise<void> {
	const lost = await readLostWrites();
	if (lost.length === 0) return;
	const people = [...Map.groupBy(lost.filter(isTold), (one) => one.personId!)];
	for (let at = 0; at < people.length; at += PEOPLE_AT_ONCE)
		await inTx((tx) => {
			for (const [userId, own] of people.slice(at, at + PEOPLE_AT_ONCE)) tellPerson(tx, userId, own);
		});
	await inTx((tx) => tellOwners(tx, lost));
}

function isTold({ personId, entry }: LostWrite): boolean {
	return personId !== null && !NOT_TOLD.has(entry.verb as AuditVerb);
}

function tellPerson(tx: Tx, userId: number, lost: LostWrite[]): void {
	// Gone, or made in the time that was lost: such an id is nobody else's.
	const person = peopleById(tx, [userId]).get(userId);
	if (!person) return;
	const to = { userId, accountId: person.accountId };
	const told = lastTold(tx, to, "write.lost");
	const fresh = lost.filter(({ id }) => id > told);
	const single = fresh.slice(0, NOTICES_MOST);
	const more = fresh.length - single.length;
	for (const [at, { id, entry }] of single.entries()) {
		const isLast = at === single.length - 1;
		putNotice(tx, to, "write.lost", {
			lostId: isLast ? fresh.at(-1)!.id : id,
			verb: entry.verb,
			name: entry.name ?? "",
			amount: typeof entry.detail?.amount === "string" ? entry.detail.amount : "",
			writtenAtUtc: entry.atUtc,
			more: isLast ? more : 0,
		});
	}
}

function tellOwners(tx: Tx, lost: LostWrite[]): void {
	const root = tx.sql<{ id: number }>("SELECT id FROM accounts WHERE kind = 'admin' ORDER BY id LIMIT 1").get();
	if (!root) return;
	const accountId = root.id;
	const owners = tx
		.sql<{ userId: number }>("SELECT id AS userId FROM users WHERE account_id = ? AND role = 'owner'")
		.all(accountId);
	for (const { userId } of owners) {
		const to = { userId, accountId };
		const told = lastTold(tx, to, "writes.lost");
		for (const [epoch, found] of Map.groupBy(
			lost.filter(({ id }) => id > told),
			(one) => one.foundEpoch,
		))
			putNotice(tx, to, "writes.lost", {
				lostId: found.at(-1)!.id,
				epoch,
				count: found.length,
				foundAtUtc: found[0]!.foundAtUtc,
			});
	}
}

/** Up to which of the lost writes a person was told, by what these books say; 0: of none. */
function lastTold(tx: Tx, to: { userId: number; accountId: number }, kind: "write.lost" | "writes.lost"): number {
	return tx
		.sql(
			"SELECT coalesce(max(json_extract(detail, '$.lostId')), 0) FROM notices WHERE user_id = ? AND account_id = ? AND kind = ?",
		)
		.pluck()
		.get(to.userId, to.accountId, kind) as number;
}
