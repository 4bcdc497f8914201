import { hostname } from "node:os";
import { join, resolve } from "node:path";
import { z } from "zod";
import { durationMs } from "./duration.ts";

/** "n1=http://10.0.0.1:3000,n2=…" */
const NODE = /^([A-Za-z0-9][A-Za-z0-9.-]{0,62})=(https?:\/\/[^,\s=/]+)$/;
const nodes = z
	.string()
	.default("")
	.transform((text) => text.split(",").filter((one) => one.trim() !== ""))
	.refine((all) => all.every((one) => NODE.test(one.trim())), "name=http://address:port, with commas between")
	.transform((all) => new Map(all.map((one) => NODE.exec(one.trim())!.slice(1, 3) as [name: string, url: string])));
const names = z
	.string()
	.default("")
	.transform((text) => text.split(",").map((one) => one.trim()))
	.transform((all) => all.filter((one) => one !== ""));

const duration = z
	.string()
	.default("10s")
	.refine((text) => durationMs(text) !== null, "a length of time such as 10s")
	.transform((text) => durationMs(text)!);

const schema = z.object({
	NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
	/** Everything that this installation writes: the books, the embedded Postgres, keys. */
	DATA_DIR: z.string().default("data"),
	/** Postgres for the queue and the wire. The supervisor sets it to its embedded one when it is not given. */
	JOBS_DATABASE_URL: z.string().default(""),
	HOST: z.string().default("127.0.0.1"),
	PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
	/** Where providers reach this installation, without a slash at the end; callbacks go there. */
	PUBLIC_URL: z.url().optional(),
	/** 64 hex digits. Seals provider secrets. Without it a key file is made in DATA_DIR. */
	SECRET_KEY: z
		.string()
		.regex(/^[0-9a-f]{64}$/i)
		.optional(),
	/** The platform's own brand name, shown where no dealer's brand applies. */
	BRAND_NAME: z.string().min(1).max(40).default("Tiercast"),
	/** ISO 4217: what all amounts are in. Counts when the books are made, and never again. */
	CURRENCY: z
		.string()
		.refine((code) => Intl.supportedValuesOf("currency").includes(code), "no currency of ISO 4217, such as EUR")
		.default("EUR"),
	/** How many proxies in front of us may be believed about the client's address. */
	TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
	/** Where the demo's provider simulator listens. */
	SIMULATOR_PORT: z.coerce.number().int().min(0).max(65_535).default(3001),
	/** How long after a call whose outcome is not known the provider is asked; must exceed the provider's own delay in logging. */
	ASK_AFTER_MS: z.coerce.number().int().min(0).default(60_000),
	/** A call to a provider that has not answered by then is given up on (its outcome: unknown). */
	CALL_TIMEOUT_MS: z.coerce.number().int().min(50).default(30_000),
	/** `public`: providers' addresses inside of our own network are not called; `any`: they are (a gateway in the house, the demo). */
	PROVIDER_NETWORK: z.enum(["public", "any"]).default("public"),
	/** How often providers are judged; all times of failing over are multiples of it (docs/decisions/062). */
	FAILOVER_STEP_MS: z.coerce.number().int().min(20).default(5_000),
	/** How long after a heartbeat a sending node still begins calls; after two and a half times as long it is given up (docs/decisions/082). */
	SENDER_LEASE_MS: z.coerce.number().int().min(100).default(4_000),
	/** Where the regular copies of the books go; a folder of DATA_DIR where it is not given, which another disk is better than. */
	BACKUP_DIR: z.string().optional(),
	/** How often one is made; 0: never. */
	BACKUP_EVERY_HOURS: z.coerce.number().min(0).max(8760).default(24),
	/** How many of them are kept. */
	BACKUP_KEEP: z.coerce.number().int().min(1).max(10_000).default(7),
	SWEEP_INTERVAL_MS: z.coerce.number().int().min(50).default(5_000),
	/** Where LiteFS has mounted the books; without it this node is the only one and writes. */
	LITEFS_DIR: z.string().optional(),
	/** This node's own LiteFS. */
	LITEFS_URL: z.url().default("http://127.0.0.1:20202"),
	/** As this node's `lease.hostname` in litefs.yml. */
	NODE_NAME: z.string().min(1).default(hostname()),
	/** Under which address the web of each node is reached by the others, this one's included. */
	CLUSTER_NODES: nodes,
	/** Where LiteFS's lease is kept, as in litefs.yml; without it a person says which node leads (litefs.static.yml). */
	CONSUL_URL: z.url().optional(),
	LITEFS_KEY: z.string().min(1).default("tiercast"),
	/** Of LiteFS's lease, as in litefs.yml: "10s", "1m30s". In ms from here on. */
	LITEFS_TTL: duration,
	/** Nodes that may lead (`candidate: true`): what is acknowledged is on one more of them. The same list on each node. */
	CANDIDATE_NODES: names,
	/** Set by Fly on its machines: its edge brings a write to the node that leads. */
	FLY_APP_NAME: z.string().optional(),
	LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
});

export type Env = ReturnType<typeof parseEnv>;

/** @throws ZodError naming each variable that cannot be used. */
export function parseEnv(source: NodeJS.ProcessEnv) {
	const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
	const values = schema.parse(given);
	return {
		...values,
		DATA_DIR: resolve(values.DATA_DIR),
		BACKUP_DIR: resolve(values.BACKUP_DIR ?? join(values.DATA_DIR, "backups")),
		LITEFS_DIR: values.LITEFS_DIR === undefined ? undefined : resolve(values.LITEFS_DIR),
		PUBLIC_URL: values.PUBLIC_URL ?? `http://localhost:${values.PORT}`,
	};
}

let parsed: Env | undefined;
/** The process's environment, parsed once. */
export function env(): Env {
	parsed ??= parseEnv(process.env);
	return parsed;
}

/** For tests only, which change process.env between them. */
export function resetEnv(): void {
	parsed = undefined;
}
