import { env } from "#app/lib/env.ts";
import { log } from "#app/lib/log.ts";
import { clusterState, updateCluster } from "./cluster-state.ts";
import { askLease } from "./lease-holder.ts";
import { isLeaseProven, leaseHoldsMs, thisMoment } from "./lease-proof.ts";
import { onRoleChange } from "./on-role-change.ts";

/** So often in the time of a lease it is asked about, at least. */
const ASKS_A_LEASE = 3;
const ASK_MS = 1_000;

/**
 * Asks Consul, for as long as LiteFS says that this node leads, whether the lease is its own; isLeaseProven() answers by it, and so role(). What
 * is confirmed counts from before it was asked about, and questions do not wait for each other: a process that is busy for a second
 * hears its answers late, but hears them. Nothing without Consul.
 */
export function watchLease(signal: AbortSignal): void {
	if (env().CONSUL_URL === undefined) return;
	let leads = false;
	let newest = 0;
	const ask = async () => {
		tellChange();
		if (!leads) return;
		const asked = thisMoment();
		const said = await askLease(leaseHoldsMs(), signal);
		// No answer is no news. An older question, answered late, is none either.
		if (said === null || asked.tickMs < newest || !leads) return;
		newest = asked.tickMs;
		clusterState().leaseSeen = said.holder === env().NODE_NAME ? asked : null;
		tellChange();
	};
	const hear = () => {
		const now = clusterState().heard === "primary";
		if (now === leads) return;
		leads = now;
		clusterState().leaseSeen = null;
		newest = performance.now();
		void ask();
	};
	const timer = setInterval(ask, Math.min(ASK_MS, env().LITEFS_TTL / ASKS_A_LEASE));
	const forget = onRoleChange(hear);
	hear();
	signal.addEventListener("abort", () => {
		clearInterval(timer);
		forget();
	});
}

/** For those who wait for a change of the role; that the lease is proven once more is none. */
function tellChange(): void {
	const { isLeaseTold, heard } = clusterState();
	const isNow = isLeaseProven();
	if (isNow === isLeaseTold) return;
	if (isNow) log.info("Consul says that the lease is this node's");
	else if (heard === "primary") log.warn("this node does not know that it has the lease, and writes nothing");
	updateCluster({ isLeaseTold: isNow });
}
