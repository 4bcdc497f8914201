import { RIGHTS, type Right } from "#app/modules/access/rights.ts";
import { insertAccount } from "#app/modules/accounts/insert-account.server.ts";
import { insertUser } from "#app/modules/accounts/insert-user.server.ts";
import { inTx, type Tx } from "#db/tx.ts";
import { addThings, THING_TABLES, type Things } from "./things.ts";
import { innerWord, type Leaf, noteWord, phoneOf, TREE } from "./tree.ts";

/** Ids are long, so that they can be told from every other number of a page. */
const FIRST_ID = 4_100_000;

export interface Placed extends Leaf {
	id: number;
	path: string;
	ownerId: number;
}

export interface World {
	accounts: Record<string, Placed>;
	things: Things;
}

/** Writes the tree of accounts with something of every kind in each, by the functions that the modules write with. */
export async function makeWorld(): Promise<World> {
	return inTx((tx) => {
		for (const table of ["accounts", "users", ...THING_TABLES])
			tx.sql(
				"INSERT INTO sqlite_sequence (name, seq) SELECT @table, 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = @table)",
			).run({ table });
		tx.sql("UPDATE sqlite_sequence SET seq = ?").run(FIRST_ID);
		const accounts: Record<string, Placed> = {};
		for (const leaf of TREE)
			accounts[leaf.word] = leaf.under ? addAccount(tx, leaf, accounts[leaf.under]!) : root(tx, leaf);
		const things: Things = [];
		for (const account of Object.values(accounts)) things.push(...addThings(tx, account));
		return { accounts, things };
	});
}

/** The installation's own root, under a name that can be looked for. */
function root(tx: Tx, leaf: Leaf): Placed {
	const { id, path, ownerId } = tx
		.sql<{ id: number; path: string; ownerId: number }>(
			"SELECT a.id, a.path, u.id AS ownerId FROM accounts a JOIN users u ON u.account_id = a.id WHERE a.kind = 'admin'",
		)
		.get()!;
	tx.sql("UPDATE accounts SET name = ? WHERE id = ?").run(`${leaf.word} Ltd`, id);
	tx.sql("UPDATE users SET name = ? WHERE account_id = ?").run(`${leaf.word} Owner`, id);
	return { ...leaf, id, path, ownerId };
}

function addAccount(tx: Tx, leaf: Leaf, above: Placed): Placed {
	const { word, kind } = leaf;
	const { id, path } = insertAccount(tx, {
		parentId: above.id,
		kind,
		name: `${word} Ltd`,
		ownerLogin: `${word}-owner`,
		city: `City ${innerWord(word)}`,
		note: noteWord(word),
		timeZone: "Europe/Kyiv",
		country: "UA",
	});
	tx.sql("UPDATE accounts SET state = ?, block_reason = ?, demands_second_factor = ? WHERE id = ?").run(
		leaf.state ?? "active",
		leaf.state === "blocked" ? `Reason ${innerWord(word)}` : null,
		leaf.demandsSecondFactor ? 1 : 0,
		id,
	);
	const ownerId = insertUser(tx, {
		accountId: id,
		login: `${word}-owner`,
		// Nobody signs in by a password here.
		passwordHash: "none",
		name: `${word} Owner`,
		email: `${innerWord(word)}@example.com`,
		phone: phoneOf(word, 1),
	});
	return { ...leaf, id, path, ownerId };
}

/** An employee with every right but these, and perhaps only some accounts within reach. Returns its user's id. */
export function addEmployee(
	tx: Tx,
	account: Placed,
	without: readonly Right[],
	onlyAccountIds: number[] | undefined,
	call: string,
): number {
	const rights = RIGHTS.filter((right) => !without.includes(right));
	const { lastInsertRowid } = tx
		.sql("INSERT INTO roles (account_id, name, rights, only_account_ids, created_at_utc) VALUES (?, ?, ?, ?, ?)")
		.run(
			account.id,
			`${innerWord(account.word)} ${call}`,
			JSON.stringify(rights),
			onlyAccountIds ? JSON.stringify(onlyAccountIds) : null,
			Date.now(),
		);
	return insertUser(tx, {
		accountId: account.id,
		login: `${account.word}-${call}`,
		passwordHash: "none",
		name: `${account.word} ${call}`,
		roleId: Number(lastInsertRowid),
	});
}
