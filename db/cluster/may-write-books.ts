import { env } from "#app/lib/env.ts";
import { clusterState } from "./cluster-state.ts";

/**
 * Whether the epoch's gate is open for this process: this node has taken the books over (jobs/wire/epochs) and nobody has since. True
 * without LiteFS.
 */
export function mayWriteBooks(): boolean {
	return !env().LITEFS_DIR || clusterState().isOpen;
}
