import type { Trail } from "./add-step.ts";
import type { Moment } from "./lease-proof.ts";
import type { Position } from "./position.ts";
import type { Role } from "./role-of.ts";

/** Hears of each transaction that has come into this node's books, or of where they are when a stream begins. */
export type StepListener = (txid: number, checksum: Position["checksum"]) => void;

export interface ClusterState {
	/** What this node's LiteFS said last; "unknown" before it has, and whenever its stream is broken. */
	heard: Role;
	/**
	 * LiteFS has gone: its stream broke, and its mount does not answer. Nothing may open or touch the books until it is heard again: SQLite sleeps
	 * for ten seconds, and the whole process with it, over each lock that it does not get there (docs/decisions/090).
	 */
	isAway: boolean;
	/** Name of the node that leads, as far as this node's LiteFS knows. */
	primary: string | null;
	/** Which stream of LiteFS's events is heard now, each under a number of its own; 0: none. As long as it goes on, it is the same LiteFS. */
	stream: number;
	/** The newest epoch that this process knows of; 0: none yet. */
	epoch: number;
	/** This node may write the books under that epoch. */
	isOpen: boolean;
	/** Taken by this very process: it may write before the others may. */
	ownEpoch: number;
	/** Up to here this node's epochs are over, whatever the wire still says. */
	lostEpoch: number;
	/** How often LiteFS took the role away, or may have. */
	losses: number;
	/** Before the question was asked to which Consul last said that the lease is this node's; null: it never did, or said otherwise since. */
	leaseSeen: Moment | null;
	/** What the listeners last heard of it. */
	isLeaseTold: boolean;
	/** Of these books. */
	trail: Trail;
	listeners: Set<() => void>;
	stepListeners: Set<StepListener>;
}

// On globalThis: the Remix build and the server that loads it are two module graphs in one process, and must share this.
const shared = globalThis as unknown as { __cluster?: ClusterState };
shared.__cluster ??= freshState();

function freshState(): ClusterState {
	return {
		heard: "unknown",
		isAway: false,
		primary: null,
		stream: 0,
		epoch: 0,
		isOpen: false,
		ownEpoch: 0,
		lostEpoch: 0,
		losses: 0,
		leaseSeen: null,
		isLeaseTold: false,
		trail: new Map(),
		listeners: new Set(),
		stepListeners: new Set(),
	};
}

/** What this process knows of its node and of the others. Only for db/cluster and the epochs in the wire. */
export function clusterState(): ClusterState {
	return shared.__cluster!;
}

/** Changes it, and tells those who wait for a change. */
export function updateCluster(change: Partial<ClusterState>): void {
	const state = shared.__cluster!;
	const isNews = Object.entries(change).some(([key, value]) => state[key as keyof ClusterState] !== value);
	Object.assign(state, change);
	if (isNews) for (const listener of [...state.listeners]) listener();
}

/** For tests and benches only. */
export function forgetCluster(): void {
	shared.__cluster = freshState();
}
