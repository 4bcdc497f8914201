import { beforeEach, expect, it } from "vitest";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { providerTrouble } from "#app/modules/providers/provider-trouble.ts";
import { tryProvider } from "#app/modules/providers/try-provider.server.ts";
import { testBooks } from "#db/testing/books.ts";
import { testCampaign, testPhones, testProvider } from "#db/testing/campaign.ts";
import { testLegs } from "#db/testing/fallback.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { endHold } from "./end-hold.server.ts";
import { getBackupsPage } from "./get-backups-page.server.ts";
import { HOLD_KEY, type Hold } from "./hold.ts";
import { pauseDoubtful } from "./pause-doubtful.server.ts";
import { NotHeldError, readHold } from "./read-hold.server.ts";
import { shownHold } from "./shown-hold.server.ts";
import { submitRelease } from "./submit-release.server.ts";

testBooks();
let actors: Actors;
beforeEach(async () => {
	actors = await makeActors();
});

const held: Hold = { copiedAtUtc: 7, restoredAtUtc: 8, node: "n1", wire: "lost", asked: null };
const hold = () =>
	inTx((tx) => void tx.sql("INSERT INTO settings (key, value) VALUES (?, ?)").run(HOLD_KEY, JSON.stringify(held)));
const form = (fields: Record<string, string>) => {
	const data = new FormData();
	for (const [name, value] of Object.entries(fields)) data.set(name, value);
	return data;
};
const asked = () => readBooks(readHold)?.asked;
const page = (who = actors.admin) => readBooks((tx) => getBackupsPage(tx, who));

it("a copy is released by the platform's people, who say that the original is stopped, and once", async () => {
	await hold();
	await testCampaign(testPhones(3));
	expect(page()).toMatchObject({ hold: { wire: "lost", isAsked: false }, underWay: { count: 1 } });
	expect(shownHold()).toEqual({ copiedAtUtc: 7, isAsked: false });
	for (const who of [actors.dealer, actors.client]) {
		expect(() => page(who)).toThrow(expect.objectContaining({ status: 403 }));
		await expect(submitRelease(who, form({ wire: "whole", stopped: "on" }))).rejects.toMatchObject({ status: 403 });
	}
	expect(await submitRelease(actors.admin, form({ wire: "lost" }))).toMatchObject({ status: 422 });
	expect(await submitRelease(actors.admin, form({ wire: "maybe", stopped: "on" }))).toMatchObject({ status: 422 });
	expect(asked()).toBeNull();
	expect(await submitRelease(actors.admin, form({ wire: "lost", stopped: "on" }))).toBeUndefined();
	expect(await submitRelease(actors.admin, form({ wire: "whole", stopped: "on" }))).toBeUndefined();
	expect(asked(), "the first word counts").toMatchObject({ wire: "lost", by: `user:${actors.admin.userId}` });
	await endHold({ wire: "lost", paused: 0 });
	expect(page()).toMatchObject({ hold: null, underWay: null });
	expect(
		await submitRelease(actors.admin, form({ wire: "lost", stopped: "on" })),
		"nothing is left to do",
	).toBeUndefined();
	expect(shownHold()).toBeNull();
});

it("no provider is called from a held copy, not even to try it", async () => {
	await hold();
	const providerId = await testProvider("http://127.0.0.1:9");
	await inTx((tx) => void tx.sql("UPDATE providers SET account_id = ?").run(actors.admin.account.id));
	const error = await tryProvider(actors.admin, providerId).catch((thrown) => thrown);
	expect(providerTrouble(error)).toEqual({ "": ["backups:no_calls"] });
});

it("ids that the original may have given out are passed over once a release, though a death breaks it off, and again by the next copy's", async () => {
	const next = () =>
		readBooks((tx) => tx.sql("SELECT next_id FROM id_ranges WHERE name = 'messages'").pluck().get()) as number;
	await hold();
	await inTx((tx) => {
		const set = "INSERT INTO id_ranges (name, next_id) VALUES ('messages', 7) ON CONFLICT DO UPDATE SET next_id = 7";
		tx.sql(set).run();
	});
	await pauseDoubtful("lost");
	await pauseDoubtful("lost");
	expect(next()).toBe(1_000_000_007);
	await endHold({ wire: "lost", paused: 0 });
	await hold();
	await pauseDoubtful("lost");
	expect(next()).toBe(2_000_000_007);
	await endHold({ wire: "lost", paused: 0 });
	await expect(pauseDoubtful("lost"), "nothing is held").rejects.toThrow(NotHeldError);
});

it("with the wire lost nobody else is given a second message under an id that the original may have given out", async () => {
	await hold();
	const open = await testLegs(testPhones(4), { afterSeconds: 60 });
	const filled = await testLegs(testPhones(4, 2_000_000), { afterSeconds: 60 });
	await inTx((tx) => {
		tx.sql(
			"INSERT INTO id_ranges (name, next_id) VALUES ('messages', 101) ON CONFLICT DO UPDATE SET next_id = 101",
		).run();
		const set = tx.sql("UPDATE campaigns SET state = 'sending', first_message_id = ?, message_count = ? WHERE id = ?");
		set.run(1, 4, open.campaignId);
		set.run(5, 0, open.second.campaignId);
		set.run(11, 4, filled.campaignId);
		set.run(15, 2, filled.second.campaignId);
	});
	expect(await pauseDoubtful("lost")).toBe(2);
	const [first, rule] = readBooks((tx) => [
		tx.sql("SELECT first_message_id FROM campaigns WHERE id = ?").pluck().get(open.second.campaignId) as number,
		tx.sql("SELECT after_seconds AS afterSeconds, reasons FROM fallbacks WHERE campaign_id = ?").get(filled.campaignId),
	]);
	expect(first).toBeGreaterThan(1_000_000);
	expect(rule).toEqual({ afterSeconds: null, reasons: "[]" });
	expect(await pauseDoubtful("lost"), "again").toBe(0);
});
