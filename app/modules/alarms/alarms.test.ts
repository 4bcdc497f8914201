import { beforeEach, describe, expect, it } from "vitest";
import { CAUSES } from "#app/channels/causes.ts";
import { FAKE_KEY, startFake } from "#app/channels/vonage/fake.ts";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { insertUser } from "#app/modules/accounts/insert-user.server.ts";
import { countHours } from "#app/modules/figures/count-hours.server.ts";
import { addBatch, addEvidence, addOutcome } from "#app/modules/figures/testing/add-traffic.ts";
import { listNotices } from "#app/modules/notices/list-notices.server.ts";
import { connectProvider } from "#app/modules/providers/connect-provider.server.ts";
import { setProviderState } from "#app/modules/providers/set-provider-state.server.ts";
import { addProvider } from "#app/modules/routing/testing/add-routing.ts";
import { testBooks } from "#db/testing/books.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { testWire } from "#jobs/testing/wire.ts";
import { wirePool } from "#jobs/wire/pool.ts";
import { listAlarms } from "./list-alarms.server.ts";
import { judgeBalance, watchBalances } from "./watch-balances.server.ts";
import { watchProviders } from "./watch-providers.server.ts";

testBooks();
await testWire();

const HOUR = 3_600_000;
const MINUTE = 60_000;
const hour = Math.floor(Date.now() / HOUR) * HOUR - HOUR;
const people = (count: number) => Array.from({ length: count }, () => "+380501234567");
let actors: Actors;
let id: number;

beforeEach(async () => {
	await wirePool().query(
		"TRUNCATE wire.intents, wire.outcomes, wire.evidence, wire.provider_hours, wire.counted_hours, wire.provider_health",
	);
	actors = await makeActors();
	await inTx((tx) => {
		for (const { userId, account } of [actors.admin, actors.client]) {
			const user = insertUser(tx, { accountId: account.id, login: account.name, passwordHash: "", name: account.name });
			tx.sql("UPDATE users SET id = ? WHERE id = ? AND account_id = ?").run(userId, user, account.id);
		}
		// Of the admin's employees one may see providers.
		const role = "INSERT INTO roles (id, account_id, name, rights, created_at_utc) VALUES (?, ?, ?, ?, 1)";
		tx.sql(role).run(1, actors.admin.account.id, "operator", '["providers.read"]');
		tx.sql(role).run(2, actors.admin.account.id, "support", '["campaigns.read"]');
		for (const [userId, roleId] of [
			[501, 1],
			[502, 2],
		] as const)
			tx.sql(
				"INSERT INTO users (id, account_id, login, login_skeleton, password_hash, role, role_id, name, created_at_utc) VALUES (?, ?, ?, ?, '', 'employee', ?, '', 1)",
			).run(userId, actors.admin.account.id, `e${userId}`, `e${userId}`, roleId);
		id = addProvider(tx, { accountId: actors.admin.account.id, name: "Alpha" });
	});
});

const told = (userId = actors.admin.userId) =>
	readBooks((tx) => listNotices(tx, { ...actors.admin, userId })).rows.map(({ kind, detail }) => ({ kind, ...detail }));
const alarms = () =>
	readBooks((tx) => listAlarms(tx, actors.admin, id)).map(({ kind, endedAtUtc }) => [kind, endedAtUtc !== null]);

/** Of 100 messages so many fail, for this cause. */
async function send(failed: number, cause: number): Promise<void> {
	await wirePool().query("TRUNCATE wire.intents, wire.outcomes, wire.counted_hours");
	await addBatch({ batchId: 1, providerId: id, hour, first: 1, recipients: people(100) });
	const results = Array.from({ length: 100 }, (_, i) => (i < failed ? 6 : 1));
	await addOutcome({
		batchId: 1,
		hour,
		first: 1,
		results,
		causes: results.map((result) => (result === 6 ? cause : 0)),
	});
	await countHours(undefined, hour + HOUR + MINUTE);
}
const watch = () => watchProviders(hour + HOUR + MINUTE);

describe("errors above the limit", () => {
	beforeEach(() => inTx((tx) => void tx.sql("UPDATE providers SET alarm_silence_minutes = NULL").run()));

	it("are told once to everybody of the admin's who may see providers, and so is their end", async () => {
		await send(20, CAUSES.provider_error_5xx);
		await watch();
		expect(told(), "exactly the limit is well").toEqual([]);
		await send(35, CAUSES.provider_error_5xx);
		await watch();
		await watch();
		const alarm = { kind: "provider.alarm", providerId: id, name: "Alpha", alarm: "errors", measured: "0.3500" };
		expect(told()).toEqual([{ ...alarm, isOver: false }]);
		expect(told(501)).toEqual([{ ...alarm, isOver: false }]);
		expect(told(502), "who may not see providers").toEqual([]);
		expect(readBooks((tx) => tx.sql("SELECT count(*) AS n FROM notices WHERE account_id <> 1").get())).toEqual({
			n: 0,
		});
		await send(5, CAUSES.provider_error_5xx);
		await watch();
		await watch();
		expect(told()).toEqual([
			{ ...alarm, isOver: true },
			{ ...alarm, isOver: false },
		]);
		expect(alarms()).toEqual([["errors", true]]);
	});

	it("that the lists and texts have made are no alarm, nor are a few messages", async () => {
		await send(90, CAUSES.bad_number);
		await watch();
		expect(told()).toEqual([]);
		await wirePool().query("TRUNCATE wire.intents, wire.outcomes, wire.counted_hours");
		await addBatch({ batchId: 1, providerId: id, hour, first: 1, recipients: people(19) });
		await addOutcome({ batchId: 1, hour, first: 1, results: Array(19).fill(6), causes: Array(19).fill(62) });
		await countHours(undefined, hour + HOUR + MINUTE);
		await watch();
		expect(told()).toEqual([]);
	});

	it("are not told where nobody wants to know, and end where nobody does any more", async () => {
		await send(100, CAUSES.provider_error_5xx);
		await inTx((tx) => tx.sql("UPDATE providers SET alarm_error_percent = NULL").run());
		await watch();
		expect(told()).toEqual([]);
		await inTx((tx) => tx.sql("UPDATE providers SET alarm_error_percent = 50").run());
		await watch();
		await inTx((tx) => tx.sql("UPDATE providers SET alarm_error_percent = NULL").run());
		await watch();
		expect(alarms()).toEqual([["errors", true]]);
	});
});

describe("no receipts", () => {
	const at = (minutes: number) => hour + minutes * MINUTE;

	it("for longer than the limit, though messages went out, is told until one comes", async () => {
		await inTx((tx) => tx.sql("UPDATE providers SET alarm_silence_minutes = 10").run());
		await addBatch({ batchId: 1, providerId: id, hour, first: 1, recipients: people(1) });
		await addOutcome({ batchId: 1, hour, first: 1, results: [1] });
		await watchProviders(at(9));
		expect(told(), "not yet").toEqual([]);
		await watchProviders(at(12));
		expect(told()).toMatchObject([{ alarm: "silence", measured: "10", isOver: false }]);
		await watchProviders(at(50));
		expect(alarms(), "it lasts while nothing new is known").toEqual([["silence", false]]);
		await addEvidence(id, hour, [[1, 50, 55 * 60]]);
		await watchProviders(at(57));
		expect(told()[0]).toMatchObject({ alarm: "silence", isOver: true });
	});

	it("is no alarm where nothing was taken, or what was taken is another's", async () => {
		const other = await inTx((tx) =>
			addProvider(tx, { accountId: actors.admin.account.id, name: "B", state: "disabled" }),
		);
		await inTx((tx) => tx.sql("UPDATE providers SET alarm_silence_minutes = 10").run());
		await addBatch({ batchId: 1, providerId: id, hour, first: 1, recipients: people(1) });
		await addOutcome({ batchId: 1, hour, first: 1, results: [3] });
		await addBatch({ batchId: 2, providerId: other, hour, first: 2, recipients: people(1) });
		await addOutcome({ batchId: 2, hour, first: 2, results: [1] });
		await watchProviders(at(12));
		expect(told()).toEqual([]);
	});
});

it("a breaker that opens is told, and that it is closed again; not what lies between", async () => {
	const breaker = (state: string) =>
		wirePool().query(
			`INSERT INTO wire.provider_health (provider_id, factor, breaker, state) VALUES ($1, 1, $2, '{}')
			 ON CONFLICT (provider_id) DO UPDATE SET breaker = excluded.breaker`,
			[id, state],
		);
	for (const state of ["closed", "open", "half_open", "open", "half_open", "closed", "closed"]) {
		await breaker(state);
		await watch();
	}
	expect(told().map((one) => ("isOver" in one ? one.isOver : undefined))).toEqual([true, false]);
	expect(alarms()).toEqual([["breaker", true]]);
});

describe("little credit", () => {
	it("is told with what is left, and its end when there is more", async () => {
		const fake = await startFake();
		const settings = { baseUrl: fake.baseUrl, ...FAKE_KEY };
		const of = { adapter: "vonage", channel: "sms" } as const;
		id = await connectProvider(actors.admin, of, { name: "V", bulkSize: 1, connections: 1, settings });
		await setProviderState(actors.admin, id, "active");
		const limit = (micros: number) =>
			inTx((tx) => tx.sql("UPDATE providers SET alarm_balance_micros = ? WHERE id = ?").run(micros, id));
		await limit(12_500_000);
		await watchBalances();
		expect(told(), "exactly the limit is well").toEqual([]);
		await limit(12_500_001);
		await watchBalances();
		await watchBalances();
		expect(told()).toMatchObject([{ alarm: "balance", measured: "12.5 EUR", isOver: false }]);
		await fake.close();
		await limit(1);
		await watchBalances();
		expect(alarms(), "who cannot be asked says nothing").toEqual([["balance", false]]);
	});

	it.each([
		["49.999", "wrong"],
		["50.0000001", "well"],
		["-3", "wrong"],
		["1,5", "wrong"],
		["plenty", "same"],
	])("%s against 50 is %s", (amount, is) => expect(judgeBalance({ amount, currency: "EUR" }, 50_000_000).is).toBe(is));
});
