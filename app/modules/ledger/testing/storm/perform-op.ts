import { cancelCampaign } from "#app/modules/campaigns/cancel-campaign.server.ts";
import { startCampaign } from "#app/modules/campaigns/start-campaign.server.ts";
import { releaseCharges } from "#app/modules/charging/release-charges.server.ts";
import { applyChanges } from "#app/modules/messages/apply-changes.server.ts";
import { closeQueued } from "#app/modules/messages/close-queued.server.ts";
import { freezeAudience } from "#app/modules/messages/freeze-audience.server.ts";
import { MESSAGE_STATE } from "#app/modules/messages/message-state.ts";
import { settleBatch } from "#app/modules/messages/settle-batch.server.ts";
import { perform } from "#app/modules/money/testing/operation.ts";
import { setPrices } from "#app/modules/pricing/set-prices.server.ts";
import { BooksBusyError, inTx } from "#db/tx.ts";
import { ownerOf, type Scene, type StormOp } from "./storm.ts";

const REFUSALS = new Set([
	"BalanceShortError",
	"DealerShortError",
	"OwingError",
	"LossesError",
	"StaleCampaignError",
	"StalePricesError",
	"WrongCampaignStateError",
]);

/**
 * Does an operation through the functions that pages and jobs call; one that was cut short is done again the same way. Resolves with "done",
 * "again" where a movement of money had been made before, or the name of the refusal.
 */
export async function performOp(scene: Scene, op: StormOp): Promise<string> {
	try {
		return await untilNotBusy(() => once(scene, op));
	} catch (error) {
		const { name } = error as Error;
		if (REFUSALS.has(name)) return name;
		throw error;
	}
}

/** On a machine that has much else to do the lock can be long in coming: whoever is told so asks again. */
export async function untilNotBusy<T>(work: () => Promise<T>): Promise<T> {
	for (;;) {
		try {
			return await work();
		} catch (error) {
			if (!(error instanceof BooksBusyError)) throw error;
		}
	}
}

async function once(scene: Scene, op: StormOp): Promise<string> {
	if (op.do === "money" || op.do === "again") return perform(op.of);
	if (op.do === "price") {
		const { sellerId, change, version, losses } = op;
		await setPrices(ownerOf(scene.accounts.find(({ id }) => id === sellerId)!), change, { version, losses });
		return "done";
	}
	const campaign = scene.campaigns.find(({ id }) => id === op.campaignId)!;
	const of = { accountId: campaign.accountId, campaignId: campaign.id };
	const owner = ownerOf(scene.accounts.find(({ id }) => id === campaign.accountId)!);
	if (op.do === "start")
		await startCampaign(owner, campaign.id, { version: op.version, state: "draft" }, { coverOnly: op.coverOnly });
	else if (op.do === "freeze") await freezeAudience(of);
	else if (op.do === "settle") await settle(scene, op);
	else if (op.do === "hear") await hear(op);
	else if (op.do === "cancel") await cancelCampaign(owner, campaign.id, { version: op.version, state: "sending" });
	else {
		await closeQueued(of, { while: "cancelled", to: MESSAGE_STATE.cancelled, cause: null });
		await releaseCharges(of);
	}
	return "done";
}

/** What a claim came to; one that has been settled is gone, and nothing is settled of it again. */
async function settle({ providerId }: Scene, op: StormOp & { do: "settle" }): Promise<void> {
	const { batchId, campaignId, attempt, firstMessageId, results } = op;
	const batch = { batchId, campaignId, attempt, firstMessageId, results, providerId };
	await inTx((tx) => {
		if (!tx.sql("SELECT 1 FROM claims WHERE batch_id = ? AND owner IS NOT NULL").get(batchId)) return;
		settleBatch(tx, { ...batch, causes: [], owner: null, askAtUtc: 0, asked: 0, claimedAtUtc: 0 });
	});
}

async function hear({ messageIds, to, cause }: StormOp & { do: "hear" }): Promise<void> {
	const at = Math.floor(Date.now() / 1000);
	await inTx((tx) => {
		applyChanges(
			tx,
			messageIds.map((messageId) => ({ messageId, attempt: 0, to, cause, at })),
		);
	});
}
