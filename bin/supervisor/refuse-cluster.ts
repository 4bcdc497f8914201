import type { Env } from "#app/lib/env.ts";

/** What one of several nodes must be told, and is not: one line each, beginning with the variable. Empty: nothing is missing. */
export function clusterFaults(env: Env): string[] {
	const { JOBS_DATABASE_URL, SECRET_KEY, CLUSTER_NODES, CANDIDATE_NODES, NODE_NAME, FLY_APP_NAME } = env;
	const faults: string[] = [];
	if (!JOBS_DATABASE_URL)
		faults.push("JOBS_DATABASE_URL: with LITEFS_DIR set there are several nodes, and one Postgres for all of them");
	if (!SECRET_KEY)
		faults.push(
			"SECRET_KEY: several nodes need the same one (make it once: openssl rand -hex 32), or none opens what another has sealed",
		);
	// Fly's own names serve there.
	if (FLY_APP_NAME) return faults;
	const known = [...CLUSTER_NODES.keys()].join(", ") || "nobody";
	if (!CLUSTER_NODES.has(NODE_NAME))
		faults.push(
			`CLUSTER_NODES: it names ${known}, and not this node (NODE_NAME is ${NODE_NAME}): name=http://address:port of each, with commas between`,
		);
	const strangers = CANDIDATE_NODES.filter((name) => !CLUSTER_NODES.has(name));
	if (CANDIDATE_NODES.length === 0)
		faults.push(
			"CANDIDATE_NODES: the names of the nodes that may lead (NODE_CANDIDATE=true), the same list on each node",
		);
	else if (strangers.length > 0) faults.push(`CANDIDATE_NODES: ${strangers.join(", ")} is not in CLUSTER_NODES`);
	return faults;
}
