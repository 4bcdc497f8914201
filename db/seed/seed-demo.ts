import { reservedLogin } from "#app/lib/reserved-login.server.ts";
import { hashPassword } from "#app/modules/access/hash-password.server.ts";
import { insertAccount } from "#app/modules/accounts/insert-account.server.ts";
import { insertUser } from "#app/modules/accounts/insert-user.server.ts";
import { inTx, readBooks, type Tx } from "#db/tx.ts";
import { DEMO_ACCOUNTS, type DemoAccount, demoPassword } from "./demo-accounts.ts";
import { setDemoMark } from "./demo-mark.ts";
import { setDemoProvider } from "./set-demo-provider.ts";

export const DEMO_SENDER = "DemoShop";

/**
 * Fills the books with the demo: accounts, sign-ins, a sender, and a provider that is the simulator at `simulatorUrl`. Run at
 * every start: it adds what is missing and leaves alone what somebody has changed.
 */
export async function seedDemo(simulatorUrl: string): Promise<void> {
	const missing = readBooks((tx) => DEMO_ACCOUNTS.filter((account) => accountOf(tx, account.login) === undefined));
	// Hashing is slow by design and must not hold the write lock.
	const hashes = new Map(
		await Promise.all(missing.map(async ({ login }) => [login, await hashPassword(demoPassword(login))] as const)),
	);
	await inTx((tx) => {
		setDemoMark(tx);
		for (const account of missing) addAccount(tx, account, hashes.get(account.login)!);
		setDemoProvider(tx, accountOf(tx, "admin")!, simulatorUrl);
	});
}

function addAccount(tx: Tx, account: DemoAccount, passwordHash: string): void {
	const { login, kind, name } = account;
	const parentId = account.under === null ? undefined : accountOf(tx, account.under);
	const place = { timeZone: "Europe/Kyiv", country: "UA" };
	const { id: accountId } = insertAccount(tx, { parentId, kind, name, ownerLogin: login, ...place });
	insertUser(tx, { accountId, login, passwordHash, name });
	tx.sql("INSERT INTO senders (account_id, channel, name) VALUES (?, 'viber', ?)").run(accountId, DEMO_SENDER);
}

function accountOf(tx: Tx, login: string): number | undefined {
	// One that somebody has closed stays closed.
	return tx
		.sql<{ id: number }>("SELECT account_id AS id FROM users WHERE login = ? OR login_skeleton = ?")
		.get(login, reservedLogin(login))?.id;
}
