import { CAUSES } from "#app/channels/causes.ts";
import { MESSAGE_STATE } from "#app/modules/messages/message-state.ts";
import { readBooks } from "#db/tx.ts";
import { journalCommits } from "./journal.ts";
import { performOp } from "./perform-op.ts";
import type { Done } from "./run-storm.ts";
import type { Scene, StormCampaign, StormOp } from "./storm.ts";

/** Brings every campaign to its end, so that nothing is held any more; operations like all others, with keys of their own. */
export async function endStorm(scene: Scene): Promise<Map<string, Done>> {
	const byKey = new Map<string, Done>();
	let current = "";
	journalCommits(
		() => current,
		() => {},
	);
	const take = async (op: StormOp) => {
		current = `end:${byKey.size}`;
		byKey.set(current, { op, outcome: await performOp(scene, op), isRetry: false });
	};
	for (const campaign of scene.campaigns) {
		const { id: campaignId } = campaign;
		if (stateOf(campaign).state === "preparing") await take({ do: "freeze", campaignId });
		const { state, version } = stateOf(campaign);
		if (state === "sending") await take({ do: "cancel", campaignId, version });
		if (state !== "draft") await take({ do: "close", campaignId });
		for (const messageId of onTheirWay(campaign))
			await take({ do: "hear", campaignId, messageIds: [messageId], to: MESSAGE_STATE.expired, cause: CAUSES.expired });
	}
	return byKey;
}

function stateOf({ id, accountId }: StormCampaign): { state: string; version: number } {
	return readBooks(
		(tx) =>
			tx
				.sql<{ state: string; version: number }>("SELECT state, version FROM campaigns WHERE id = ? AND account_id = ?")
				.get(id, accountId)!,
	);
}

function onTheirWay({ id, accountId }: StormCampaign): number[] {
	return readBooks((tx) =>
		tx
			.sql<{ id: number }>(
				`SELECT s.id FROM message_states s JOIN campaigns c ON c.id = ? AND c.account_id = ?
				  WHERE s.id >= c.first_message_id AND s.id < c.first_message_id + c.message_count AND s.state BETWEEN ? AND ? ORDER BY s.id`,
			)
			.all(id, accountId, MESSAGE_STATE.handed_over, MESSAGE_STATE.sent),
	).map((row) => row.id);
}
