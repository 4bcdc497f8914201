import type { AccountKind } from "#app/modules/access/actor.ts";
import { hashPassword } from "#app/modules/access/hash-password.server.ts";
import { insertAccount } from "#app/modules/accounts/insert-account.server.ts";
import { insertUser } from "#app/modules/accounts/insert-user.server.ts";
import { inTx } from "#db/tx.ts";

export const PASSWORD = "correct horse";
let hash: Promise<string> | undefined;

/** Accounts of the tests: two dealers, each with a client. Ids are fixed, so that a test can name another's. */
export const PEOPLE = [
	{ login: "admin", id: 1, kind: "admin", path: "/1/" },
	{ login: "dealer", id: 2, kind: "dealer", path: "/1/2/" },
	{ login: "client", id: 3, kind: "client", path: "/1/2/3/" },
	{ login: "dealer2", id: 4, kind: "dealer", path: "/1/4/" },
	{ login: "client2", id: 5, kind: "client", path: "/1/4/5/" },
] as const satisfies { login: string; id: number; kind: AccountKind; path: string }[];

/** Puts them into the books; everybody's password is PASSWORD, and a user's id is ten times the account's. */
export async function addPeople(): Promise<void> {
	hash ??= hashPassword(PASSWORD);
	const passwordHash = await hash;
	await inTx((tx) => {
		for (const { login, id, kind, path } of PEOPLE) {
			const parentId = Number(path.split("/").at(-3)) || undefined;
			const place = { timeZone: "UTC", country: "UA" };
			insertAccount(tx, { parentId, kind, name: `Account of ${login}`, ownerLogin: login, ...place });
			const userId = insertUser(tx, { accountId: id, login, passwordHash, name: `Person ${login}` });
			tx.sql("UPDATE users SET id = ? WHERE id = ? AND account_id = ?").run(id * 10, userId, id);
		}
	});
}
