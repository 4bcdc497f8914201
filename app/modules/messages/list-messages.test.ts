import { beforeEach, expect, it } from "vitest";
import type { Actor } from "#app/modules/access/actor.ts";
import { makeActors } from "#app/modules/access/testing/make-actors.ts";
import { testBooks } from "#db/testing/books.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { listMessages, MESSAGES_SCANNED } from "./list-messages.server.ts";
import { MESSAGE_STATE, type MessageState } from "./message-state.ts";

testBooks();

const FIRST = 1_000;
let reader: Actor;
beforeEach(async () => {
	reader = (await makeActors()).client;
});

/** A campaign's messages, and a neighbour's on both sides of its range. */
async function write(states: MessageState[]): Promise<void> {
	await inTx((tx) => {
		const message = tx.sql("INSERT INTO messages (id, campaign_id, contact_id, recipient) VALUES (?, ?, 1, ?)");
		const state = tx.sql("INSERT INTO message_states (id, state, attempt, delivered_at) VALUES (?, ?, 1, 5)");
		const add = (id: number, campaignId: number, name: MessageState) => {
			message.run(id, campaignId, `+${id}`);
			state.run(id, MESSAGE_STATE[name]);
		};
		states.forEach((name, at) => {
			add(FIRST + at, 1, name);
		});
		add(FIRST - 1, 2, "read");
		add(FIRST + states.length, 2, "read");
	});
}

function all(messageCount: number, state?: MessageState): { ids: number[]; pages: number } {
	const ids: number[] = [];
	let pages = 0;
	for (let after: number | null | undefined; after !== null; pages++) {
		const page = readBooks((tx) =>
			listMessages(tx, reader, { firstMessageId: FIRST, messageCount }, { state, after: after ?? undefined }),
		);
		ids.push(...page.messages.map(({ id }) => id));
		after = page.nextAfter;
	}
	return { ids, pages };
}

it("pages through exactly the campaign's messages", async () => {
	await write(Array.from({ length: 120 }, () => "sent"));
	const { ids, pages } = all(120);
	expect(ids).toEqual(Array.from({ length: 120 }, (_, at) => FIRST + at));
	expect(pages).toBe(3);
});

it("finds those of one state however far apart, looking at a bounded number a page; claimed is waiting", async () => {
	const states = Array.from({ length: MESSAGES_SCANNED * 2 + 10 }, (): MessageState => "read");
	states[3] = "queued";
	states[MESSAGES_SCANNED * 2 + 5] = "claimed";
	await write(states);
	expect(all(states.length, "queued")).toEqual({ ids: [FIRST + 3, FIRST + MESSAGES_SCANNED * 2 + 5], pages: 3 });
	const [first] = readBooks((tx) => listMessages(tx, reader, { firstMessageId: FIRST, messageCount: 1 }, {})).messages;
	expect(first).toMatchObject({ recipient: `+${FIRST}`, state: "read", atUtc: 5_000 });
});

it("of a campaign that has none yet is empty", () => {
	expect(readBooks((tx) => listMessages(tx, reader, { firstMessageId: null, messageCount: 0 }, {}))).toEqual({
		messages: [],
		nextAfter: null,
	});
});

it("masks the recipients for whoever may not see numbers, and shows nothing to whoever may not see campaigns", async () => {
	await write(["read"]);
	const list = (actor: Actor) =>
		readBooks((tx) => listMessages(tx, actor, { firstMessageId: FIRST, messageCount: 1 }, {})).messages;
	await inTx((tx) => void tx.sql("UPDATE messages SET recipient = '+380671234545' WHERE id = ?").run(FIRST));
	expect(list(reader)[0]?.recipient).toBe("+380671234545");
	expect(list({ ...reader, rights: new Set(["campaigns.read"]) })[0]?.recipient).toBe("+38067•••••45");
	expect(() => list({ ...reader, rights: new Set(["numbers.read"]) })).toThrow();
});

it("finds those whose second message is in a state, alone or with a state of the first", async () => {
	await write(["failed", "failed", "failed", "delivered", "delivered", "failed"]);
	const SECOND = FIRST + 100;
	await inTx((tx) => {
		const add = tx.sql("INSERT INTO message_states (id, state, attempt) VALUES (?, ?, 1)");
		const refer = tx.sql("UPDATE message_states SET fallback_id = ? WHERE id = ?");
		const seconds: [at: number, state: MessageState][] = [
			[0, "delivered"],
			[1, "claimed"],
			[2, "queued"],
			[3, "delivered"],
		];
		for (const [at, state] of seconds) {
			add.run(SECOND + at, MESSAGE_STATE[state]);
			refer.run(SECOND + at, FIRST + at);
		}
	});
	const found = (filter: Parameters<typeof listMessages>[3]) =>
		readBooks((tx) => listMessages(tx, reader, { firstMessageId: FIRST, messageCount: 6 }, filter)).messages.map(
			({ id }) => id - FIRST,
		);
	expect(found({ second: "delivered" })).toEqual([0, 3]);
	expect(found({ second: "queued" })).toEqual([1, 2]);
	expect(found({ second: "delivered", state: "failed" })).toEqual([0]);
	expect(found({ second: "read" })).toEqual([]);
	expect(found({ state: "failed" })).toEqual([0, 1, 2, 5]);
});
