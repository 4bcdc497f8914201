import type { AccountKind } from "#app/modules/access/actor.ts";
import { hashPassword } from "#app/modules/access/hash-password.server.ts";
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
			const parentId = Number(path.split("/").at(-3)) || null;
			tx.sql("INSERT INTO accounts (id, parent_id, kind, path, name, created_at_utc) VALUES (?, ?, ?, ?, ?, ?)").run(
				id,
				parentId,
				kind,
				path,
				`Account of ${login}`,
				Date.now(),
			);
			tx.sql(
				"INSERT INTO users (id, account_id, login, password_hash, role, name, created_at_utc) VALUES (?, ?, ?, ?, 'owner', ?, ?)",
			).run(id * 10, id, login, passwordHash, `Person ${login}`, Date.now());
		}
	});
}
