import { beforeEach, expect, it } from "vitest";
import { addPeople } from "#app/testing/people.ts";
import { testBooks } from "#db/testing/books.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { putNotice, putNoticeToOwners } from "./put-notice.server.ts";

testBooks();
beforeEach(addPeople);

const CLIENT = { userId: 30, accountId: 3 };
const done = { campaignId: 7, name: "Spring" };
const stored = () => readBooks((tx) => tx.sql("SELECT account_id, user_id, kind FROM notices ORDER BY id").all());
const unseen = (userId: number) =>
	readBooks((tx) => tx.sql<{ n: number }>("SELECT unseen_notices AS n FROM users WHERE id = ?").get(userId)?.n);
const mute = (kinds: string[]) =>
	inTx((tx) => tx.sql("UPDATE users SET muted_notices = ? WHERE id = 30").run(JSON.stringify(kinds)));

it("reaches one person, and is counted as not seen", async () => {
	await inTx((tx) => putNotice(tx, CLIENT, "campaign.done", done));
	await inTx((tx) => putNotice(tx, CLIENT, "password.changed", { by: "self" }));
	expect(stored()).toEqual([
		{ account_id: 3, user_id: 30, kind: "campaign.done" },
		{ account_id: 3, user_id: 30, kind: "password.changed" },
	]);
	expect([unseen(30), unseen(50)]).toEqual([2, 0]);
});

it("leaves out what the person has muted, never what concerns safety", async () => {
	await mute(["campaign.done", "password.changed"]);
	await inTx((tx) => putNotice(tx, CLIENT, "campaign.done", done));
	await inTx((tx) => putNotice(tx, CLIENT, "password.changed", { by: "above" }));
	expect(stored()).toEqual([{ account_id: 3, user_id: 30, kind: "password.changed" }]);
	expect(unseen(30)).toBe(1);
});

it("does not reach a person by another account, nor one who has left", async () => {
	await inTx((tx) => putNotice(tx, { userId: 30, accountId: 5 }, "campaign.done", done));
	await inTx((tx) => tx.sql("UPDATE users SET state = 'blocked' WHERE id = 30").run());
	await inTx((tx) => putNotice(tx, CLIENT, "campaign.done", done));
	expect(stored()).toEqual([]);
});

it("to an account reaches its owners and no employee", async () => {
	await inTx((tx) =>
		tx
			.sql(
				`INSERT INTO users (id, account_id, login, login_skeleton, password_hash, role, name, created_at_utc)
				VALUES (31, 3, 'second', 'second', '', 'owner', '', 1), (32, 3, 'third', 'third', '', 'employee', '', 1)`,
			)
			.run(),
	);
	const detail = { behindAccountId: 2, reason: "asked for", isReadOnly: true, endsAtUtc: 1 };
	await inTx((tx) => putNoticeToOwners(tx, 3, "cabinet.entered", detail));
	expect(stored()).toEqual([
		{ account_id: 3, user_id: 30, kind: "cabinet.entered" },
		{ account_id: 3, user_id: 31, kind: "cabinet.entered" },
	]);
});
