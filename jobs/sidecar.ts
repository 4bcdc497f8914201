import { randomUUID } from "node:crypto";
import { hostname, setPriority } from "node:os";
import { Logger, parseCronItems, type Runner, run } from "graphile-worker";
import { env } from "#app/lib/env.ts";
import { log } from "#app/lib/log.ts";
import { START_ANEW, START_LITEFS_ANEW } from "#app/lib/start-anew.ts";
import { onStop } from "#app/lib/stop-with-parent.ts";
import { isHeld } from "#app/modules/backup/read-hold.server.ts";
import { askUnknown } from "#app/modules/delivery/ask-unknown.server.ts";
import { beatHealth } from "#app/modules/delivery/beat-health.server.ts";
import { allPollsEnded, pollReceipts } from "#app/modules/delivery/poll-receipts.server.ts";
import { closeLines, keepSessions } from "#app/modules/delivery/provider-line.server.ts";
import { allBatchesEnded } from "#app/modules/delivery/send-progress.ts";
import { loadStrays } from "#app/modules/delivery/stray-batches.server.ts";
import { setWireMark } from "#app/modules/delivery/wire-mark.server.ts";
import { standbys } from "#app/modules/standby/standbys.server.ts";
import { closeBooks } from "#db/client.ts";
import { cutStreams } from "#db/cluster/cut-streams.ts";
import { watchFollowing } from "#db/cluster/watch-following.ts";
import { watchRole } from "#db/cluster/watch-role.ts";
import { endOtherSidecars, sidecarConnections } from "./end-other-sidecars.ts";
import { every } from "./every.ts";
import { freeDeadLocks } from "./free-dead-locks.ts";
import { followers, handOver } from "./handoff/hand-over.ts";
import { hearSenders } from "./hear-senders.ts";
import { holdCopy, settleCopy } from "./hold-copy.ts";
import { lateWrites } from "./late-writes.ts";
import { relayOutbox } from "./relay-outbox.ts";
import { StepClock } from "./step-clock.ts";
import { sweep } from "./sweep.ts";
import { takeOver } from "./take-over.ts";
import { takeTurn } from "./take-turn.ts";
import { taskList } from "./tasks/index.ts";
import { exitWhenLost, waitToLead } from "./wait-to-lead.ts";
import { EpochLostError } from "./wire/epochs/epoch.ts";
import { notePosition } from "./wire/epochs/note-position.ts";
import { openEpoch } from "./wire/epochs/open-epoch.ts";
import { takeEpoch } from "./wire/epochs/take-epoch.ts";
import { watchEpoch } from "./wire/epochs/watch-epoch.ts";
import { beginHandoff, endHandoff } from "./wire/handoffs.ts";
import { closeWire, wirePool } from "./wire/pool.ts";

const CONCURRENCY = 8;
const RELAY_MS = 100;
const HEARTBEAT_MS = 3_000;
/** How old what is known of the books' way may be when somebody else takes them over. */
const POSITION_MS = 1_000;
/** How often it is looked for writes that were noted after the books had been taken over. */
const LATE_WRITES_MS = 30_000;
/** Where nobody else can take the books over, only a backup needs it. */
const MARK_MS = 60_000;
/** How often the providers' health is brought together and judged. */
const BEAT_MS = 1_000;
const DRAIN_MS = 25_000;
/** With the time that giving the books to another node may take. */
const STOP_WITHIN_MS = 45_000;

/** Below the web's: a person who waits for a page goes before a million who wait for a message. */
const NICENESS = 5;

const bootId = randomUUID();
const stopping = new AbortController();
const isStopping = () => stopping.signal.aborted;
let runner: Runner | undefined;
let senders: Awaited<ReturnType<typeof hearSenders>> | undefined;
const loops: Array<{ stop: () => Promise<void> }> = [];

let drained: Promise<void> | undefined;

/** No new work; what is under way ends by itself, what is only claimed goes back to the queue. */
async function drain(): Promise<void> {
	stopping.abort();
	await Promise.all(loops.map((loop) => loop.stop()));
	await runner?.stop();
	await senders?.stop();
	await Promise.race([
		Promise.all([allBatchesEnded(), allPollsEnded()]),
		new Promise((resolve) => setTimeout(resolve, DRAIN_MS).unref()),
	]);
}

onStop(async () => {
	drained ??= drain();
	await drained;
	await giveAwayAtEnd();
	await wirePool().query("DELETE FROM wire.sidecars WHERE boot_id = $1", [bootId]);
	await closeLines();
	await closeWire();
	closeBooks();
}, STOP_WITHIN_MS);

let epoch = 0;
let leading: StepClock | undefined;
let isServing = false;
/** The books are a restored copy that nobody has released. */
let isCopy = false;

function onTurnLost(): void {
	if (isStopping()) return;
	// Another sidecar may take over any moment now: nothing of ours may be written after that. The supervisor starts us anew.
	log.error("the connection that holds this sidecar's turn is gone");
	process.exit(1);
}

/** Whoever ends while it leads leaves the books to another that follows: nobody waits for a lease to run out. */
async function giveAwayAtEnd(): Promise<void> {
	if (!isServing || standbys().length === 0) return;
	try {
		const [to] = await followers(null);
		await handOver(epoch, to!);
	} catch (error) {
		log.warn(
			{ why: (error as Error).message },
			"the books are not handed over: another takes them when the lease is free",
		);
	}
}

/** Gives the books to another node when somebody has asked for it, and begins anew as one that waits to lead. */
async function handOverWhenAsked(): Promise<void> {
	const asked = await beginHandoff();
	if (!asked || drained) return;
	let failedFor: string | null = null;
	try {
		if (env().CONSUL_URL === undefined) throw new Error("with a static lease a person says which node leads");
		const [to] = await followers(asked.to);
		drained = drain();
		await drained;
		await handOver(epoch, to!);
	} catch (error) {
		failedFor = (error as Error).message;
		log.warn({ why: failedFor }, "the books are not handed over");
	}
	// Whoever has the books by now may have ended our connections already: then its epoch is the answer.
	await endHandoff(asked.id, failedFor).catch(() => {});
	if (drained) process.exit(START_ANEW);
}

async function heartbeat(): Promise<void> {
	await wirePool().query(
		`INSERT INTO wire.sidecars (boot_id, node) VALUES ($1, $2) ON CONFLICT (boot_id) DO UPDATE SET seen_at = now()`,
		[bootId, hostname()],
	);
}

function onBooksLost(why: string): void {
	if (isStopping()) return;
	// What is under way is in doubt from here on, and nothing of ours may be written any more: whoever leads now settles it from the wire.
	log.warn({ epoch, why }, "this node does not write the books any more");
	process.exit(START_ANEW);
}

function onStreamDead(followed: string, times: number): void {
	if (isStopping()) return;
	log.warn({ followed, times }, "LiteFS follows a node that does not lead any more");
	// The app goes on meanwhile. Where that is not to be had, all begins anew.
	if (times === 1) void cutStreams();
	else process.exit(START_LITEFS_ANEW);
}

/** Under LiteFS: waits until this node leads, takes the books over, and ends whoever wrote them before. The wire was migrated by the supervisor. */
async function lead(): Promise<boolean> {
	const following = watchFollowing(onStreamDead);
	log.info("this node's sidecar runs; it waits to lead");
	if (!(await waitToLead(isStopping))) return false;
	following.stop();
	leading = new StepClock();
	epoch = await takeEpoch();
	exitWhenLost(onBooksLost);
	leading.done("epoch");
	await endOtherSidecars(bootId);
	leading.done("others");
	return true;
}

/** How far the books have come, for whoever takes them over next. */
async function keepPosition(): Promise<void> {
	if (!isCopy && isHeld()) onBooksLost("a restored copy was put in their place");
	try {
		await notePosition(epoch);
		await setWireMark();
		// Not awaited: it ends this very loop.
		if (!isCopy) void handOverWhenAsked().catch((error) => log.error({ err: error }, "a handing over broke off"));
	} catch (error) {
		if (error instanceof EpochLostError) onBooksLost(error.message);
		throw error;
	}
}

async function main(): Promise<void> {
	setPriority(NICENESS);
	process.env.PGAPPNAME = sidecarConnections(bootId);
	const isClustered = env().LITEFS_DIR !== undefined;
	if (isClustered) {
		watchRole();
		if (!(await lead())) return;
	}
	if (!(await takeTurn(onTurnLost, isStopping))) return;
	leading?.done("turn");
	const open = async () => {
		if (!isClustered) return;
		await openEpoch(epoch);
		watchEpoch();
	};
	isCopy = isHeld();
	if (isCopy) await settleCopy(epoch, open);
	else if (isClustered) await takeOver(epoch, open, leading);
	// What a restored copy had lost is looked for among these.
	else await loadStrays();
	if (isClustered) {
		isServing = !isCopy;
		loops.push(every(POSITION_MS, keepPosition));
		if (!isCopy) loops.push(every(LATE_WRITES_MS, lateWrites(epoch)));
	}
	await wirePool().query("DELETE FROM wire.sidecars WHERE node = $1 AND boot_id <> $2", [hostname(), bootId]);
	await heartbeat();
	if (isCopy) {
		loops.push(every(HEARTBEAT_MS, heartbeat), holdCopy(epoch, stopping.signal));
		return;
	}
	// The books say themselves from when on the wire knows more than they do, whoever copies them.
	if (!isClustered) loops.push(every(MARK_MS, setWireMark));
	await freeDeadLocks();
	senders = await hearSenders();
	const context = { owner: bootId, isStopping };
	runner = await run({
		pgPool: wirePool(),
		taskList: taskList(context, stopping.signal),
		parsedCronItems: parseCronItems([
			{ task: "upkeep", match: "7 * * * *" },
			// One after the other, and behind what people wait for.
			{ task: "watch-providers", match: "*/5 * * * *", options: { queueName: "watch-providers", priority: 5 } },
			{ task: "watch-balances", match: "23 * * * *", options: { queueName: "watch-providers", priority: 5 } },
			{ task: "tell-low-balances", match: "* * * * *" },
			{ task: "charge-fees", match: "*/5 * * * *" },
			{ task: "recount", match: "17 2 * * *" },
			{ task: "prove-ledger", match: "47 2 * * *" },
			{ task: "backup", match: "27 * * * *" },
		]),
		concurrency: CONCURRENCY,
		noHandleSignals: true,
		pollInterval: 500,
		logger: new Logger(() => (level, message) => {
			if (level === "error") log.error(message);
			else if (level === "warning") log.warn(message);
			else log.debug(message);
		}),
	});
	loops.push(every(HEARTBEAT_MS, heartbeat));
	loops.push(every(Math.min(BEAT_MS, env().FAILOVER_STEP_MS / 2), beatHealth));
	loops.push(every(RELAY_MS, relayOutbox));
	loops.push(every(env().SWEEP_INTERVAL_MS, sweep));
	loops.push(every(env().SWEEP_INTERVAL_MS, async () => keepSessions()));
	// Its own loop: a provider that does not answer holds up nothing else.
	loops.push(every(env().SWEEP_INTERVAL_MS, () => askUnknown(isStopping)));
	loops.push(every(env().SWEEP_INTERVAL_MS, () => pollReceipts(isStopping)));
	log.info("sending and applying");
}

main().catch((error) => {
	if (error instanceof EpochLostError) {
		onBooksLost(error.message);
		return;
	}
	log.fatal({ err: error }, "the sidecar could not start");
	process.exit(1);
});
