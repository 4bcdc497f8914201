import { env } from "#app/lib/env.ts";

/** Names of the other nodes that may lead: any of them may, so what is to survive must be on each. Empty: there is one node. */
export function standbys(): string[] {
	const { LITEFS_DIR, CANDIDATE_NODES, NODE_NAME } = env();
	return LITEFS_DIR ? CANDIDATE_NODES.filter((name) => name !== NODE_NAME) : [];
}
