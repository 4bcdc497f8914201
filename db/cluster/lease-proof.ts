import { env } from "#app/lib/env.ts";
import { clusterState } from "./cluster-state.ts";

/** Of the lease's time, what is left unused at its end. */
const MARGIN = 0.1;

/** A moment, by two clocks: one stands still while the machine sleeps, the other may be set. */
export interface Moment {
	utcMs: number;
	tickMs: number;
}

export function thisMoment(): Moment {
	return { utcMs: Date.now(), tickMs: performance.now() };
}

/** How long after it was asked about, a lease that Consul has confirmed counts as this node's: nobody else is given it so soon. */
export function leaseHoldsMs(): number {
	return env().LITEFS_TTL * (1 - MARGIN);
}

/**
 * Whether this node is known to hold LiteFS's lease, by what Consul told this process. LiteFS itself goes on saying that it leads while its packets
 * to Consul vanish, and after it was paused. Always true where a person names the node that leads, and where there is one node.
 */
export function isLeaseProven(): boolean {
	const { LITEFS_DIR, CONSUL_URL } = env();
	if (!LITEFS_DIR || CONSUL_URL === undefined) return true;
	const { leaseSeen } = clusterState();
	if (!leaseSeen) return false;
	const now = thisMoment();
	return Math.max(now.utcMs - leaseSeen.utcMs, now.tickMs - leaseSeen.tickMs) < leaseHoldsMs();
}
