import { reservedLogin } from "#app/lib/reserved-login.server.ts";
import { hashPassword } from "#app/modules/access/hash-password.server.ts";
import { insertAccount } from "#app/modules/accounts/insert-account.server.ts";
import { insertUser } from "#app/modules/accounts/insert-user.server.ts";
import { inTx, readBooks, type Tx } from "#db/tx.ts";
import { DEMO_ACCOUNTS, type DemoAccount, demoPassword } from "./demo-accounts.ts";
import { setDemoMark } from "./demo-mark.ts";
import { setDemoMoney } from "./set-demo-money.ts";
import { setDemoProviders } from "./set-demo-providers.ts";

export const DEMO_SENDER = "DemoShop";

/**
 * Fills the books with the demo: accounts, sign-ins, prices, balances, a sender on each channel, and providers that are the simulator at
 * `simulatorUrl`, with a route. Run at every start: it adds what is missing and leaves alone what somebody has changed.
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
		const channels = setDemoProviders(tx, accountOf(tx, "admin")!, simulatorUrl);
		for (const channel of channels) addSenders(tx, channel);
		setDemoMoney(tx, (login) => accountOf(tx, login)!);
	});
}

function addAccount(tx: Tx, account: DemoAccount, passwordHash: string): void {
	const { login, kind, name } = account;
	const parentId = account.under === null ? undefined : accountOf(tx, account.under);
	const place = { timeZone: "Europe/Kyiv", country: "UA" };
	const { id: accountId } = insertAccount(tx, { parentId, kind, name, ownerLogin: login, ...place });
	insertUser(tx, { accountId, login, passwordHash, name });
	addSender(tx, accountId, "viber");
	addSender(tx, accountId, "sms");
}

/** With a provider that is new come senders for it, in books that are older as well. */
function addSenders(tx: Tx, channel: string): void {
	for (const { login } of DEMO_ACCOUNTS) {
		const accountId = accountOf(tx, login);
		if (accountId !== undefined) addSender(tx, accountId, channel);
	}
}

function addSender(tx: Tx, accountId: number, channel: string): void {
	tx.sql("INSERT INTO senders (account_id, channel, name) VALUES (?, ?, ?) ON CONFLICT DO NOTHING").run(
		accountId,
		channel,
		DEMO_SENDER,
	);
}

function accountOf(tx: Tx, login: string): number | undefined {
	// One that somebody has closed stays closed.
	return tx
		.sql<{ id: number }>("SELECT account_id AS id FROM users WHERE login = ? OR login_skeleton = ?")
		.get(login, reservedLogin(login))?.id;
}
