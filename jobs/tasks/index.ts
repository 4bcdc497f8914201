import type { Task, TaskList } from "graphile-worker";
import { log } from "#app/lib/log.ts";
import { watchBalances } from "#app/modules/alarms/watch-balances.server.ts";
import { watchProviders } from "#app/modules/alarms/watch-providers.server.ts";
import { readAudience } from "#app/modules/audiences/read-audience.server.ts";
import { runBackup } from "#app/modules/backup/run-backup.server.ts";
import { endBlock } from "#app/modules/blocks/end-block.server.ts";
import { releaseCharges } from "#app/modules/charging/release-charges.server.ts";
import { wipeAccount } from "#app/modules/closing/wipe-account.server.ts";
import { applyReceipts } from "#app/modules/delivery/apply-receipts.server.ts";
import { haltBlocked } from "#app/modules/delivery/halt-blocked.server.ts";
import { replayInbox } from "#app/modules/delivery/replay-inbox.server.ts";
import { forgetProgress } from "#app/modules/delivery/send-progress.ts";
import { type SendContext, sendSlice } from "#app/modules/delivery/send-slice.server.ts";
import { beginRecount, runRecount } from "#app/modules/evidence/run-recount.server.ts";
import { chargeFees } from "#app/modules/fees/charge-fees.server.ts";
import { countHours } from "#app/modules/figures/count-hours.server.ts";
import { tellLowBalances } from "#app/modules/limits/tell-low-balances.server.ts";
import { beginCampaign } from "#app/modules/messages/begin-campaign.server.ts";
import { closeQueued } from "#app/modules/messages/close-queued.server.ts";
import { closeSilent } from "#app/modules/messages/close-silent.server.ts";
import { fillFallback } from "#app/modules/messages/fill-fallback.server.ts";
import { freezeAudience } from "#app/modules/messages/freeze-audience.server.ts";
import { secondLegOf } from "#app/modules/messages/legs.server.ts";
import { MESSAGE_STATE } from "#app/modules/messages/message-state.ts";
import { runProof } from "#app/modules/proof/run-proof.server.ts";
import { readBooks } from "#db/tx.ts";
import { catalog, type JobName, type JobPayload } from "../catalog.ts";
import { enqueue } from "../enqueue.ts";
import { upkeep } from "./upkeep.ts";

/** How long a campaign's turn lasts before others have theirs. */
const SLICE_MS = 2_000;

type Handler<N extends JobName> = (payload: JobPayload<N>) => Promise<void>;

/** Every job's handler. A name of the catalog without one does not compile. */
export function taskList(context: SendContext, signal: AbortSignal): TaskList {
	const handlers: { [N in JobName]: Handler<N> } = {
		"read-audience": ({ accountId, collectionId }) => readAudience(accountId, collectionId),
		"begin-campaign": (of) => beginCampaign(of),
		"prepare-campaign": (of) => freezeAudience(of, signal),
		"send-campaign": (of) => sendCampaign(of, context),
		"fill-fallback": (of) => fillAndSend(of, signal),
		"cancel-rest": (of) => cancelRest(of),
		"release-charges": (of) => releaseCharges(of, signal),
		"halt-blocked": () => haltBlocked(),
		"end-block": ({ accountId }) => endBlock(accountId),
		"wipe-account": ({ accountId }) => wipeAccount(accountId, signal),
		"apply-receipts": async () => {
			await applyReceipts(signal);
		},
		"replay-receipts": (replay) => replayInbox(replay, signal),
		"close-silent": (of) => closeSilent(of, signal),
		recount: () => beginRecount(signal),
		"recount-rest": () => runRecount(signal),
		"prove-ledger": () => runProof(signal),
		backup: () => runBackup(signal),
		"tell-low-balances": () => tellLowBalances(signal),
		"charge-fees": () => chargeFees(signal),
		upkeep,
		"watch-providers": async () => {
			await countHours(signal);
			await watchProviders();
		},
		"watch-balances": () => watchBalances(signal),
	};
	return Object.fromEntries(
		Object.entries(handlers).map(([name, handle]) => {
			const task: Task = (payload) => handle(catalog[name as JobName].parse(payload) as never);
			return [name, task];
		}),
	);
}

async function fillAndSend(of: { accountId: number; campaignId: number }, signal: AbortSignal): Promise<void> {
	const filled = await fillFallback(of, signal);
	if (!filled) return;
	// Dying before this: the sweep finds that something is queued.
	const payload = { accountId: of.accountId, campaignId: filled.secondId };
	await enqueue([{ task: "send-campaign", payload, key: `send-campaign:${filled.secondId}`, ifWaiting: "keep" }]);
}

async function cancelRest(of: { accountId: number; campaignId: number }): Promise<void> {
	const second = readBooks((tx) => secondLegOf(tx, of));
	for (const leg of second ? [of, second] : [of])
		await closeQueued(leg, { while: "cancelled", to: MESSAGE_STATE.cancelled, cause: null });
}

async function sendCampaign(of: { accountId: number; campaignId: number }, context: SendContext): Promise<void> {
	const end = await sendSlice(of, context, Date.now() + SLICE_MS);
	if (end.next === "nothing") forgetProgress(of.campaignId);
	else if (end.next === "again") await sendAgain(of, end.afterMs);
	else {
		// Nobody waits for it; where it cannot be added, the sweep does.
		void end.ended
			.then(() => sendAgain(of, 0))
			.catch((error) => log.warn({ error: String(error), ...of }, "a campaign was not brought back; the sweep will"));
	}
}

async function sendAgain(of: { accountId: number; campaignId: number }, afterMs: number): Promise<void> {
	await enqueue([
		{
			task: "send-campaign",
			payload: of,
			key: `send-campaign:${of.campaignId}`,
			runAtUtc: afterMs > 0 ? Date.now() + afterMs : undefined,
			ifWaiting: "replace",
		},
	]);
}
