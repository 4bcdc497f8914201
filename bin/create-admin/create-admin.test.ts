import { expect, test } from "vitest";
import { signIn } from "#app/modules/access/sign-in.server.ts";
import { setDemoMark } from "#db/seed/demo-mark.ts";
import { testBooks } from "#db/testing/books.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { createAdmin } from "./create-admin.ts";

testBooks();

const wanted = { login: " Anna ", password: "", timeZone: "Europe/Berlin", country: "DE" };
const visit = { address: "127.0.0.1", userAgent: "test" };

test("the first admin gets the root account and a password that signs in", async () => {
	const made = await createAdmin(wanted);
	expect(made.login).toBe("anna");
	expect(made.password).toMatch(/^[A-Za-z2-9]{20}$/);
	expect(await signIn({ ...made, ...visit })).toMatchObject({ firstPage: "/admin/accounts" });
	const account = readBooks((tx) => tx.sql("SELECT id, path, kind, time_zone, country FROM accounts").all());
	expect(account).toEqual([{ id: 1, path: "/1/", kind: "admin", time_zone: "Europe/Berlin", country: "DE" }]);
});

test("a second admin joins the one root", async () => {
	await createAdmin(wanted);
	await createAdmin({ ...wanted, login: "boris", password: "zebra-lamp-forty-2" });
	expect(readBooks((tx) => tx.sql("SELECT count(*) AS n FROM accounts").get())).toEqual({ n: 1 });
	expect(await signIn({ login: "boris", password: "zebra-lamp-forty-2", ...visit })).toMatchObject({
		firstPage: "/admin/accounts",
	});
});

test.each([
	[{ login: "anna" }, /The login anna is taken/],
	[{ login: "  " }, /A login is/],
	[{ password: "short" }, /A password is 10 to/],
	[{ password: "Password123!" }, /easy to guess/],
	[{ password: "carol-carol-carol" }, /easy to guess/],
	[{ country: "Germany" }, /is not a country/],
	[{ timeZone: "Mars/North" }, /is not a time zone/],
])("refused: %o", async (change, expected) => {
	await createAdmin(wanted);
	await expect(createAdmin({ ...wanted, login: "carol", ...change })).rejects.toThrow(expected);
});

test("the demo's books take no real admin", async () => {
	await inTx((tx) => setDemoMark(tx));
	await expect(createAdmin(wanted)).rejects.toThrow(/hold the demo/);
});
