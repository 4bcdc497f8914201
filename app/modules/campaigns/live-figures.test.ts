import { Readable } from "node:stream";
import { beforeEach, expect, it } from "vitest";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { testBooks } from "#db/testing/books.ts";
import { inTx } from "#db/tx.ts";
import { liveFigures } from "./live-figures.server.ts";

testBooks();

let actors: Actors;
let campaignId: number;
beforeEach(async () => {
	actors = await makeActors();
	campaignId = await inTx((tx) => {
		const accountId = actors.client.account.id;
		const { lastInsertRowid } = tx
			.sql(
				`INSERT INTO campaigns (account_id, user_id, name, channel, sender, text, collection_id, state, form_key, created_at_utc)
				 VALUES (?, 1, 'n', 'viber', 's', 't', 1, 'sending', 'k', 0)`,
			)
			.run(accountId);
		tx.sql("INSERT INTO campaign_counters (campaign_id, account_id, queued) VALUES (?, ?, 10)").run(
			lastInsertRowid,
			accountId,
		);
		return Number(lastInsertRowid);
	});
});

/** The stream's events, one at a time. */
async function* events(stream: ReadableStream<Uint8Array>) {
	let text = "";
	const decoder = new TextDecoder();
	for await (const piece of Readable.fromWeb(stream as never) as AsyncIterable<Uint8Array>) {
		text += decoder.decode(piece, { stream: true });
		for (let end = text.indexOf("\n\n"); end !== -1; end = text.indexOf("\n\n")) {
			const event = text.slice(0, end);
			text = text.slice(end + 2);
			if (event.startsWith("data: ")) yield JSON.parse(event.slice(6));
		}
	}
}

it("tells the figures at once and again when they have changed, until nobody listens", async () => {
	const listener = new AbortController();
	const told = events(liveFigures(actors.client, campaignId, listener.signal));
	expect((await told.next()).value).toMatchObject({ mark: "1//", figures: { total: 10, sent: 0, waiting: 10 } });
	await inTx((tx) => {
		tx.sql("UPDATE campaign_counters SET queued = 4, claimed = 1, delivered = 3, read = 2 WHERE campaign_id = ?").run(
			campaignId,
		);
	});
	expect((await told.next()).value).toMatchObject({
		figures: { total: 10, sent: 5, delivered: 5, read: 2, waiting: 5 },
	});
	listener.abort();
	expect(await told.next()).toEqual({ value: undefined, done: true });
});

it("is open to accounts above, and to nobody else", () => {
	const signal = AbortSignal.abort();
	expect(() => liveFigures(actors.dealer2, campaignId, signal)).toThrow("no campaign");
	expect(() => liveFigures(actors.client2, campaignId, signal)).toThrow("no campaign");
	expect(liveFigures(actors.dealer, campaignId, signal)).toBeInstanceOf(ReadableStream);
});
