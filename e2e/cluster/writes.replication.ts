import { afterAll, beforeAll, expect, it } from "vitest";
import { NODE_HEADERS, nodeToken } from "#app/lib/node-token.server.ts";
import { PASSWORD } from "#app/testing/people.ts";
import { closeBooks } from "#db/client.ts";
import { testPhones, testProvider } from "#db/testing/campaign.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { until } from "#jobs/testing/until.ts";
import { type Dealers, toldFaults } from "./dealers.ts";
import type { House } from "./house.ts";
import { houseWithDealers } from "./house-with-dealers.ts";
import { useBooksOf } from "./leading.ts";
import { Visitor } from "./visitor.ts";

const ROUNDS = Number(process.env.REPLICATION_ROUNDS || 10);
const SWITCHES = Number(process.env.REPLICATION_SWITCHES || 6);
/** Their file is over what Fly's edge would replay. */
const UPLOADED = 120_000;

let house: House;
let dealers: Dealers;
beforeAll(async () => {
	({ house, dealers } = await houseWithDealers());
	await testProvider(house.fake.baseUrl);
	await inTx((tx) => tx.sql("INSERT INTO senders (account_id, channel, name) VALUES (1, 'viber', 'DemoShop')").run());
	closeBooks();
});
afterAll(() => house?.close());

const web = (name: string) => house.cluster.web(name);

async function signedIn(login: string): Promise<Visitor> {
	const visitor = new Visitor();
	await visitor.signIn(web("n3"), login, PASSWORD);
	return visitor;
}

let written = 0;
/** Puts somebody on a stop list by the form of `at`. @returns where the list is seen, and whom to find there. */
async function write(visitor: Visitor, at: string): Promise<{ to: string; recipient: string }> {
	const recipient = `+38050${2_000_000 + ++written}`;
	const { action, fields } = await visitor.open(web(at), "/dealer/stops/new", "stops");
	const answer = await visitor.post(web(at), action, { ...fields, numbers: recipient });
	expect(answer, `${at} was written to`).toMatchObject({ status: 302, epoch: house.epoch.n });
	return { to: answer.to!, recipient };
}

async function seesEverywhere(visitor: Visitor, { to, recipient }: Awaited<ReturnType<typeof write>>): Promise<void> {
	const shown = recipient.slice(4);
	for (const name of house.cluster.names) {
		const { status, text } = await visitor.get(web(name), to);
		expect(status).toBe(200);
		expect(text.replaceAll(/\D/g, "").includes(shown), `${recipient} is seen on ${name}`).toBe(true);
	}
}

it("what is posted to any node is saved, and seen at once on every one", async () => {
	const visitor = await signedIn("dealer");
	for (let round = 0; round < ROUNDS; round++)
		for (const name of house.cluster.names) await seesEverywhere(visitor, await write(visitor, name));
});

it("a file of more than a megabyte goes through a node that only reads, and is read", async () => {
	const visitor = await signedIn("client");
	for (const name of house.cluster.names) {
		const { action, fields } = await visitor.open(web(name), "/client/campaigns/new", "campaign");
		const form = new FormData();
		const filled = { ...fields, name: `By ${name}`, text: "Hello", sender: "viber:DemoShop", when: "now" };
		for (const [field, value] of Object.entries(filled)) form.append(field, value);
		const phones = testPhones(UPLOADED);
		form.append("file", new Blob([`phone\n${phones.join("\n")}\n`], { type: "text/csv" }), "people.csv");
		const { status, to } = await visitor.post(web(name), action, form);
		expect(status).toBe(302);
		expect(to).toMatch(/^\/client\/campaigns\/\d+\/review$/);
		for (const other of house.cluster.names) {
			const page = await visitor.get(web(other), to!);
			expect(page.text, `${other} knows it`).toContain(`By ${name}`);
			await until(`${other} has read it`, 300_000, async () =>
				(await visitor.get(web(other), to!)).text.includes(UPLOADED.toLocaleString("en")),
			);
		}
	}
});

it("what a node has passed on once, another that does not lead refuses", async () => {
	const other = house.cluster.names.find((name) => name !== house.epoch.node)!;
	const ask = (name: string) =>
		fetch(`${web(name)}/sign-in`, {
			method: "POST",
			headers: { [NODE_HEADERS.token]: nodeToken() },
			body: new URLSearchParams({ login: "dealer", password: "" }),
		});
	const refused = await ask(other);
	expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "5"]);
	expect((await ask(house.epoch.node)).status).toBe(422);
});

it(`the role passes ${SWITCHES} times between a write and its page: it is seen, and money that was acknowledged stays`, async () => {
	const visitor = await signedIn("dealer");
	await dealers.start();
	for (let at = 0; at < SWITCHES; at++) {
		const seen = await write(visitor, house.cluster.names[at % 3]!);
		const next = house.cluster.candidates.find((name) => name !== house.epoch.node)!;
		await house.follows(next);
		const { n } = house.epoch;
		await house.cluster.promote(next);
		await seesEverywhere(visitor, seen);
		await house.seeEpoch(n);
		await seesEverywhere(visitor, seen);
	}
	await dealers.stop();
	useBooksOf(house.cluster, house.epoch.node);
	expect(toldFaults(dealers)).toEqual([]);
	expect(
		readBooks((tx) => tx.sql("SELECT count(*) FROM transfers WHERE kind = 'top_up'").pluck().get()),
	).toBeGreaterThan(0);
	closeBooks();
});
