import { afterAll, beforeAll, expect, it } from "vitest";
import { createAdmin } from "#bin/create-admin/create-admin.ts";
import { until } from "#jobs/testing/until.ts";
import { House } from "./house.ts";
import { useBooksOf } from "./leading.ts";
import { Visitor } from "./visitor.ts";

/** A part of `npm test`: what the other files show at length, once and in less than a minute. */
const PEOPLE = 600;
const STOPPED = "+380671999999";
const SIGN_IN = { login: "anna", password: "correct horse battery staple 42" };

let house: House;
beforeAll(async () => {
	house = await House.open({ names: ["n1", "n2"], lease: "scripted", isFirstAlone: true });
});
afterAll(() => house?.close());

it("a write at the replica is read there; the node that leads dies, the other goes on, it comes back: everybody is written to once", async () => {
	const { cluster, fake } = house;
	// Slow: it is still being sent when the node dies.
	fake.control({ answerMs: [800, 1_200], receipts: { deliveryMs: [5, 400], seenMs: [5, 400], retryScale: 0.01 } });
	useBooksOf(cluster, "n1");
	await createAdmin({ ...SIGN_IN, timeZone: "UTC", country: "UA" });
	const campaign = await house.campaign(PEOPLE, 5);
	await house.bringBack("n2");

	const replica = cluster.web("n2");
	const visitor = new Visitor();
	expect(await visitor.post(replica, "/sign-in", SIGN_IN)).toMatchObject({ status: 302 });
	const added = await visitor.post(replica, "/admin/stops/new", { numbers: STOPPED });
	expect(added).toMatchObject({ status: 302 });
	expect((await visitor.get(replica, "/admin/stops")).text).toContain(STOPPED);

	await house.sends();
	await house.takenFrom(async (name) => {
		await house.lose(name);
		cluster.expireLease(name);
	});
	expect(house.epoch.node).toBe("n2");
	expect((await visitor.get(replica, "/admin/stops")).text).toContain(STOPPED);
	await house.bringBack("n1");
	expect((await visitor.get(cluster.web("n1"), "/admin/stops")).text).toContain(STOPPED);

	fake.control({ answerMs: [1, 20] });
	await until("the campaign is done", 600_000, () => house.isDone(campaign.of));
	expect(await house.faults(campaign)).toEqual([]);
});
