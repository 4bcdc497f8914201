import { env } from "#app/lib/env.ts";
import { clusterState } from "./cluster-state.ts";

/** Where the web of the node that leads is reached; null where nobody is known to lead, or CLUSTER_NODES does not name it. */
export function primaryUrl(): string | null {
	const { primary } = clusterState();
	return primary === null ? null : (env().CLUSTER_NODES.get(primary) ?? null);
}

/** Name of the node that leads; null where none is known. */
export function primaryName(): string | null {
	return clusterState().primary;
}
