import { expect, it } from "vitest";
import { parseEnv } from "#app/lib/env.ts";
import { readOptions } from "./read-options.ts";
import { clusterFaults } from "./refuse-cluster.ts";

const WHOLE = {
	NODE_ENV: "production",
	LITEFS_DIR: "/litefs",
	NODE_NAME: "n1",
	JOBS_DATABASE_URL: "postgres://x",
	SECRET_KEY: "5e".repeat(32),
	CLUSTER_NODES: "n1=http://10.0.0.1:3000,n2=http://10.0.0.2:3000",
	CANDIDATE_NODES: "n1,n2",
} as const;
const faultsOf = (change: Record<string, string>) => clusterFaults(parseEnv({ ...WHOLE, ...change }));

it("one of several nodes starts when it knows the others", () => {
	expect(faultsOf({})).toEqual([]);
	expect(readOptions([], WHOLE)).toMatchObject({ isClustered: true, isDemo: false });
});

it.each([
	[{ JOBS_DATABASE_URL: "" }, /^JOBS_DATABASE_URL: .*one Postgres/],
	[{ SECRET_KEY: "" }, /^SECRET_KEY: .*openssl rand -hex 32/],
	[{ NODE_NAME: "n3" }, /^CLUSTER_NODES: it names n1, n2, and not this node \(NODE_NAME is n3\)/],
	[{ CLUSTER_NODES: "" }, /^CLUSTER_NODES: it names nobody/],
	[{ CANDIDATE_NODES: "" }, /^CANDIDATE_NODES: the names/],
	[{ CANDIDATE_NODES: "n1,n9" }, /^CANDIDATE_NODES: n9 is not in CLUSTER_NODES$/],
])("%j is refused", (change, why) => {
	expect(faultsOf(change)[0]).toMatch(why);
	expect(() => readOptions([], { ...WHOLE, ...change })).toThrow(why);
});

it("on Fly the machines are found by Fly's own names", () => {
	expect(faultsOf({ FLY_APP_NAME: "app", CLUSTER_NODES: "", CANDIDATE_NODES: "" })).toEqual([]);
});

it("one node alone needs none of it", () => {
	expect(readOptions([], { NODE_ENV: "production" })).toMatchObject({ isClustered: false });
});
