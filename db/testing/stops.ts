import type { MessageState } from "#app/modules/messages/message-state.ts";
import { messageStateOf } from "#app/modules/messages/message-state.ts";
import { inTx, readBooks } from "#db/tx.ts";

/** Puts a person on an account's list, as if by hand: for one channel, or one sender of it. */
export function addStop(accountId: number, recipient: string, of: { channel?: string; sender?: string } = {}) {
	return inTx((tx) =>
		Number(
			tx
				.sql("INSERT INTO stops (account_id, recipient, channel, sender, created_at_utc) VALUES (?, ?, ?, ?, ?)")
				.run(accountId, recipient, of.channel ?? "", of.sender ?? "", Date.now()).lastInsertRowid,
		),
	);
}

/** As if somebody had taken it back. */
export async function liftStop(stopId: number): Promise<void> {
	await inTx((tx) => void tx.sql("UPDATE stops SET lifted_at_utc = ? WHERE id = ?").run(Date.now(), stopId));
}

/** Puts an account with no branch of its own under others, root first: "/1/5/9/". */
export async function putUnder(accountId: number, ...above: number[]): Promise<void> {
	const path = `/${[1, ...above, accountId].join("/")}/`;
	const parent = above.at(-1) ?? 1;
	await inTx(
		(tx) => void tx.sql("UPDATE accounts SET parent_id = ?, path = ? WHERE id = ?").run(parent, path, accountId),
	);
}

/** "rejected 6": state and number of the cause of each of a campaign's messages, in their order. */
export function statesOf(campaignId: number): string[] {
	return readBooks((tx) =>
		tx
			.sql<{ state: number; cause: number | null }>(
				"SELECT s.state, s.cause FROM messages m JOIN message_states s ON s.id = m.id WHERE m.campaign_id = ? ORDER BY m.id",
			)
			.all(campaignId),
	).map(({ state, cause }) => [messageStateOf(state) satisfies MessageState, cause].join(" ").trim());
}

export interface SeenStop {
	accountId: number;
	recipient: string;
	channel: string;
	sender: string;
	cause: number | null;
	messageId: number | null;
}

/** The entries that hold, oldest first. */
export function livingStops(): SeenStop[] {
	return readBooks((tx) =>
		tx
			.sql<SeenStop>(
				`SELECT account_id AS accountId, recipient, channel, sender, cause, message_id AS messageId
				   FROM stops WHERE lifted_at_utc IS NULL ORDER BY id`,
			)
			.all(),
	);
}
