import { env } from "#app/lib/env.ts";
import { clusterState } from "./cluster-state.ts";

/** Where the web of the node that leads is reached; null where nobody is known to lead, or not where it is. */
export function primaryUrl(): string | null {
	const { primary } = clusterState();
	return primary === null ? null : nodeUrl(primary);
}

/** Where the web of a node is reached by the others; null where CLUSTER_NODES does not say so and Fly does not know it. */
export function nodeUrl(name: string): string | null {
	const { CLUSTER_NODES, FLY_APP_NAME, PORT } = env();
	const onFly = FLY_APP_NAME ? `http://${name}.vm.${FLY_APP_NAME}.internal:${PORT}` : null;
	return CLUSTER_NODES.get(name) ?? onFly;
}

/** Name of the node that leads; null where none is known. */
export function primaryName(): string | null {
	return clusterState().primary;
}
