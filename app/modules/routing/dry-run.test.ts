import { beforeEach, describe, expect, it } from "vitest";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { testBooks } from "#db/testing/books.ts";
import { inTx } from "#db/tx.ts";
import { testWire } from "#jobs/testing/wire.ts";
import { wirePool } from "#jobs/wire/pool.ts";
import { pauseProvider } from "#jobs/wire/provider-pauses.ts";
import { dryRun } from "./dry-run.server.ts";
import { getDryRunPage } from "./get-dry-run-page.server.ts";
import { addProvider, addRoute } from "./testing/add-routing.ts";

testBooks();
await testWire();
let actors: Actors;
let a: number;
let b: number;
let c: number;
beforeEach(async () => {
	actors = await makeActors();
	const accountId = actors.admin.account.id;
	[a, b, c] = await inTx((tx) => [
		addProvider(tx, { accountId, name: "A" }),
		addProvider(tx, { accountId, name: "B" }),
		addProvider(tx, { accountId, name: "C" }),
	]);
});

const idOf = (who: keyof Actors) => String(actors[who].account.id);
const ask = (change: Partial<Parameters<typeof dryRun>[1]> = {}) =>
	dryRun(actors.admin, { number: "050 123 45 67", account: idOf("client"), channel: "sms", kind: "text", ...change });
const verdicts = async (change: Parameters<typeof ask>[0] = {}) =>
	(await ask(change)).steps.map(({ name, verdict }) => [name, verdict.is]);

describe("a dry run", () => {
	it("without a route: the provider connected first, the others in reserve", async () => {
		expect(await ask()).toMatchObject({ phone: "+380501234567", country: "UA", route: null });
		expect(await verdicts()).toEqual([
			["A", "taken"],
			["B", "in_reserve"],
			["C", "in_reserve"],
		]);
	});

	it("shares among those of the first tier that can, each at its cost", async () => {
		const accountId = actors.admin.account.id;
		const id = await inTx((tx) => {
			const cost = "INSERT INTO provider_costs (account_id, provider_id, country, cost_micros) VALUES (?, ?, ?, ?)";
			tx.sql(cost).run(accountId, a, "UA", 8_300);
			tx.sql(cost).run(accountId, a, "", 9_000);
			return addRoute(tx, { accountId, branch: actors.dealer.account.id, country: "UA" }, [
				[a, 1, 30],
				[b, 1, 10],
				[c, 2, 1],
			]);
		});
		const result = await ask();
		expect(result.route).toMatchObject({ id, branch: { name: "dealer" }, country: "UA", kind: "" });
		expect(result.steps).toMatchObject([
			{ name: "A", costMicros: 8_300, verdict: { is: "taken", share: 0.75 } },
			{ name: "B", costMicros: null, verdict: { is: "taken", share: 0.25 } },
			{ name: "C", verdict: { is: "in_reserve" } },
		]);
		expect((await ask({ account: idOf("client3") })).route, "of another dealer").toBeNull();
		expect((await ask({ number: "+48512345678" })).route, "of another country").toBeNull();
	});

	it("says of each why it would not be taken, and the next tier serves", async () => {
		const accountId = actors.admin.account.id;
		const d = await inTx((tx) => {
			tx.sql("UPDATE providers SET state = 'draining' WHERE id = ?").run(a);
			const off = addProvider(tx, { accountId, name: "D", state: "disabled" });
			addRoute(tx, { accountId, branch: accountId }, [
				[a, 1, 1],
				[b, 1, 1],
				[off, 1, 1],
				[c, 2, 1],
			]);
			return off;
		});
		await pauseProvider(b, 60_000);
		expect(await verdicts()).toEqual([
			["A", "draining"],
			["B", "paused"],
			["D", "disabled"],
			["C", "taken"],
		]);
		expect((await ask()).steps.find(({ providerId }) => providerId === d)?.verdict).toEqual({ is: "disabled" });
		expect(await verdicts({ kind: "image" })).toContainEqual(["C", "kind"]);
	});

	it("knows breakers, full days, and what failing over has taken from somebody's weight", async () => {
		const accountId = actors.admin.account.id;
		const health = (id: number, factor: number, breaker: string) =>
			wirePool().query(
				"INSERT INTO wire.provider_health (provider_id, factor, breaker, state) VALUES ($1, $2, $3, '{}')",
				[id, factor, breaker],
			);
		await wirePool().query("TRUNCATE wire.provider_pauses, wire.provider_health");
		await inTx((tx) =>
			addRoute(tx, { accountId, branch: accountId }, [
				[a, 1, 50],
				[b, 1, 50],
				[c, 1, 50],
			]),
		);
		await health(a, 1, "open");
		await health(b, 0.25, "closed");
		expect((await ask()).steps).toMatchObject([
			{ name: "A", verdict: { is: "breaker" } },
			{ name: "B", verdict: { is: "taken", share: 0.2 } },
			{ name: "C", verdict: { is: "taken", share: 0.8 } },
		]);
		await inTx((tx) => tx.sql("UPDATE providers SET per_day = 10 WHERE id = ?").run(c));
		const today = new Date().toISOString().slice(0, 10);
		await wirePool().query("INSERT INTO wire.day_counts VALUES ($1, $2, 10, 0)", [c, today]);
		expect((await verdicts())[2]).toEqual(["C", "limit"]);
		await wirePool().query("UPDATE wire.provider_health SET breaker = 'half_open'");
		expect((await verdicts())[0]).toEqual(["A", "probed"]);
	});

	it("is refused to others", async () => {
		const asked = { number: "+380501234567", account: "", channel: "sms", kind: "text" } as const;
		await expect(dryRun(actors.dealer, asked)).rejects.toMatchObject({ status: 403 });
	});
});

it("the page says what is wrong beside its field", async () => {
	const open = (query: string) => getDryRunPage(actors.admin, new URLSearchParams(query));
	expect(await open("")).toEqual({ values: {} });
	const bad = await open("number=12&channel=sms&kind=text");
	expect(bad.lastResult?.error).toEqual({ number: ["audiences:reasons.too_short"] });
	const unknown = await open("number=0501234567&channel=sms&kind=text&account=nobody");
	expect(unknown.lastResult?.error).toEqual({ account: ["routing:error.account"] });
	const rubbish = await open("number=0501234567&channel=smoke&kind=song");
	expect(rubbish.lastResult?.error).toEqual({ channel: ["routing:error.channel"], kind: ["routing:error.kind"] });
	expect((await open("number=0501234567&channel=sms&kind=text")).result?.account.name).toBe("admin");
});
