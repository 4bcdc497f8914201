import { expect, test } from "vitest";
import { unseal } from "#app/lib/secrets.server.ts";
import { SESSION_COOKIE } from "#app/modules/access/session-token.server.ts";
import { signIn } from "#app/modules/access/sign-in.server.ts";
import { signedInBy } from "#app/modules/access/signed-in-by.server.ts";
import { testBooks } from "#db/testing/books.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { DEMO_ACCOUNTS, demoPassword } from "./demo-accounts.ts";
import { seedDemo } from "./seed-demo.ts";

testBooks();

const all = (table: "accounts" | "users" | "senders" | "providers") =>
	readBooks((tx) => tx.sql<Record<string, unknown>>(`SELECT * FROM ${table} ORDER BY id`).all());

test("everybody of the demo can sign in, and stands where they belong", async () => {
	await seedDemo("http://127.0.0.1:3001");
	for (const { login, kind } of DEMO_ACCOUNTS) {
		const session = await signIn({ login, password: demoPassword(login), address: "127.0.0.1", userAgent: "test" });
		const cookie = { headers: { Cookie: `${SESSION_COOKIE}=${session.token}` } };
		expect(signedInBy(new Request("http://host/", cookie))?.actor.account.kind).toBe(kind);
	}
	expect(all("accounts").map((row) => row.path)).toEqual(["/1/", "/1/2/", "/1/3/", "/1/2/4/", "/1/2/5/", "/1/3/6/"]);
	expect(all("senders")).toHaveLength(6);
});

test("seeding again adds nothing, keeps what was changed, and follows the simulator to another port", async () => {
	await seedDemo("http://127.0.0.1:3001");
	await inTx((tx) => tx.sql("UPDATE users SET password_hash = 'changed' WHERE login = 'client'").run());
	const before = {
		accounts: all("accounts"),
		users: all("users"),
		senders: all("senders"),
		providers: all("providers"),
	};
	await seedDemo("http://127.0.0.1:3001");
	expect({
		accounts: all("accounts"),
		users: all("users"),
		senders: all("senders"),
		providers: all("providers"),
	}).toEqual(before);
	await seedDemo("http://127.0.0.1:4001");
	const [provider, ...others] = all("providers");
	expect(others).toEqual([]);
	expect(JSON.parse(unseal(provider!.sealed_settings as string, `provider:${provider!.id}`))).toMatchObject({
		baseUrl: "http://127.0.0.1:4001",
	});
});
