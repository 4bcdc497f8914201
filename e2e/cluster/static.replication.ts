import { afterAll, beforeAll, expect, it } from "vitest";
import { createAdmin } from "#bin/create-admin/create-admin.ts";
import { until } from "#jobs/testing/until.ts";
import { House } from "./house.ts";
import { newEpoch, useBooksOf } from "./leading.ts";
import { Visitor } from "./visitor.ts";

const STOPPED = ["+380671999998", "+380671999999"];
const SIGN_IN = { login: "anna", password: "correct horse battery staple 42" };

let house: House;
beforeAll(async () => {
	house = await House.open({ names: ["n1", "n2"], lease: "static" });
});
afterAll(() => house?.close());

it("a person tells another node to lead (docs/operating-machines.md): nothing is lost, nobody is written to twice, the old one follows", async () => {
	const { cluster, fake } = house;
	fake.control({ answerMs: [800, 1_200], receipts: { deliveryMs: [5, 400], seenMs: [5, 400], retryScale: 0.01 } });
	useBooksOf(cluster, "n1");
	await createAdmin({ ...SIGN_IN, timeZone: "UTC", country: "UA" });
	const campaign = await house.campaign(600, 5);
	const visitor = new Visitor();
	await visitor.signIn(cluster.web("n2"), SIGN_IN.login, SIGN_IN.password);
	await visitor.post(cluster.web("n2"), "/admin/stops/new", { numbers: STOPPED[0]! });
	await house.sends();
	await visitor.post(cluster.web("n2"), "/admin/stops/new", { numbers: STOPPED[1]! });

	await house.stop("n1");
	await house.stop("n2");
	cluster.appoint("n2");
	await house.start("n2");
	house.epoch = await newEpoch(house.epoch.n);
	expect(house.epoch.node).toBe("n2");
	await house.bringBack("n1");
	for (const node of ["n1", "n2"])
		for (const phone of STOPPED)
			expect((await visitor.get(cluster.web(node), "/admin/stops")).text, node).toContain(phone);
	expect((await visitor.post(cluster.web("n1"), "/admin/stops/new", { numbers: "+380671999997" })).status).toBe(302);

	fake.control({ answerMs: [1, 20] });
	await until("the campaign is done", 600_000, () => house.isDone(campaign.of));
	expect(await house.faults(campaign)).toEqual([]);
});
