import { expect, test } from "vitest";
import { requireAdapter } from "#app/channels/registry.ts";
import { unseal } from "#app/lib/secrets.server.ts";
import { SESSION_COOKIE } from "#app/modules/access/session-token.server.ts";
import { signIn } from "#app/modules/access/sign-in.server.ts";
import { signedInBy } from "#app/modules/access/signed-in-by.server.ts";
import { balanceOf } from "#app/modules/ledger/balance-of.server.ts";
import { priceChain } from "#app/modules/pricing/price-chain.server.ts";
import { addPrice } from "#app/modules/pricing/testing/add-price.ts";
import { CHANNELS, CONTENT_KINDS } from "#app/modules/routing/content-kinds.ts";
import { findCost } from "#app/modules/routing/find-cost.server.ts";
import { matchRoute } from "#app/modules/routing/match-route.server.ts";
import { testBooks } from "#db/testing/books.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { DEMO_ACCOUNTS, demoPassword } from "./demo-accounts.ts";
import { seedDemo } from "./seed-demo.ts";

testBooks();

const TABLES = [
	"accounts",
	"users",
	"senders",
	"providers",
	"provider_costs",
	"routes",
	"route_steps",
	"prices",
	"transfers",
] as const;
const all = (table: (typeof TABLES)[number]) =>
	readBooks((tx) => tx.sql<Record<string, unknown>>(`SELECT * FROM ${table} ORDER BY 1, 2, 3`).all());

test("everybody of the demo can sign in, and stands where they belong", async () => {
	await seedDemo("http://127.0.0.1:3001");
	for (const { login, kind } of DEMO_ACCOUNTS) {
		const session = await signIn({ login, password: demoPassword(login), address: "127.0.0.1", userAgent: "test" });
		const cookie = { headers: { Cookie: `${SESSION_COOKIE}=${session.token}` } };
		expect(signedInBy(new Request("http://host/", cookie))?.actor.account.kind).toBe(kind);
	}
	expect(all("accounts").map((row) => row.path)).toEqual(["/1/", "/1/2/", "/1/3/", "/1/2/4/", "/1/2/5/", "/1/3/6/"]);
	expect(all("senders"), "each on Viber and by SMS").toHaveLength(12);
});

test("everybody of the demo has money, and a price from the one above for everything; nobody sells at a loss", async () => {
	await seedDemo("http://127.0.0.1:3001");
	readBooks((tx) => {
		for (const { id, path } of all("accounts") as unknown as { id: number; path: string }[]) {
			expect(balanceOf(tx, id).spendableMicros).toBeGreaterThan(0);
			for (const channel of CHANNELS)
				for (const kind of CONTENT_KINDS)
					for (const country of ["UA", "PL", "US", ""]) {
						const chain = priceChain(tx, { path, channel, country, kind, at: Date.now() });
						if (!("tiers" in chain)) throw new Error(`${chain.missing} has no price`);
						const units = chain.tiers.map(({ unitMicros }) => unitMicros);
						expect(units, `${path} ${channel} ${country} ${kind}`).toEqual(units.toSorted((a, b) => b - a));
					}
		}
	});
});

const urls = () =>
	all("providers").map(
		({ id, sealed_settings }) => JSON.parse(unseal(sealed_settings as string, `provider:${id}`)).baseUrl,
	);

test("two providers share Viber by a route, one carries SMS, and each takes something for it", async () => {
	await seedDemo("http://127.0.0.1:3001");
	expect(all("providers").map(({ adapter, channel, state }) => [adapter, channel, state])).toEqual([
		["infobip-viber", "viber", "active"],
		["vonage", "viber", "active"],
		["twilio", "sms", "active"],
	]);
	expect(urls()).toEqual(["", "/vonage", "/twilio"].map((path) => `http://127.0.0.1:3001${path}`));
	for (const { id, adapter, sealed_settings } of all("providers"))
		requireAdapter(adapter as string).settings.parse(JSON.parse(unseal(sealed_settings as string, `provider:${id}`)));
	const steps = readBooks((tx) =>
		matchRoute(tx, { channel: "viber", accountPath: "/1/2/4/", country: "UA", kind: "text" }),
	);
	expect(steps.steps.map(({ tier, weight }) => [tier, weight])).toEqual([
		[1, 70],
		[1, 30],
	]);
	expect(readBooks((tx) => findCost(tx, { providerId: 3, country: "UA", kind: "text" }))).toBe(42_000);
});

test("seeding again adds nothing, keeps what was changed, and follows the simulator to another port", async () => {
	await seedDemo("http://127.0.0.1:3001");
	await inTx((tx) => {
		tx.sql("UPDATE users SET password_hash = 'changed' WHERE login = 'client'").run();
		tx.sql("DELETE FROM route_steps").run();
		tx.sql("DELETE FROM routes").run();
		tx.sql("DELETE FROM provider_costs WHERE provider_id = 1").run();
		tx.sql("DELETE FROM senders WHERE account_id = 4").run();
		tx.sql("UPDATE providers SET state = 'disabled' WHERE id = 2").run();
		addPrice(tx, { accountId: 2, country: "PL", unitMicros: null, fromUtc: Date.now() });
	});
	const before = TABLES.map(all);
	await seedDemo("http://127.0.0.1:3001");
	expect(TABLES.map(all)).toEqual(before);
	await seedDemo("http://127.0.0.1:4001");
	expect(urls()).toEqual(["", "/vonage", "/twilio"].map((path) => `http://127.0.0.1:4001${path}`));
	expect(all("providers")[1]!.state).toBe("disabled");
});

test("books that an older demo has filled get the providers and senders that are new", async () => {
	await seedDemo("http://127.0.0.1:3001");
	const whole = all("senders").map(({ account_id, channel, name }) => `${account_id} ${channel} ${name}`);
	await inTx((tx) => {
		for (const sql of [
			"route_steps",
			"routes",
			"provider_costs",
			"senders WHERE channel = 'sms'",
			"providers WHERE id > 1",
		])
			tx.sql(`DELETE FROM ${sql}`).run();
	});
	await seedDemo("http://127.0.0.1:3001");
	expect(
		all("senders")
			.map(({ account_id, channel, name }) => `${account_id} ${channel} ${name}`)
			.sort(),
	).toEqual(whole.sort());
	expect(all("providers").map(({ name }) => name)).toEqual(["Simulator", "Demo Vonage", "Demo Twilio"]);
	expect(all("route_steps")).toHaveLength(2);
});
