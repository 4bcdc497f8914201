import type { JobName, JobPayload } from "./catalog.ts";
import { wirePool } from "./wire/pool.ts";

export interface JobToAdd<N extends JobName = JobName> {
	task: N;
	payload: JobPayload<N>;
	/** One waiting job a key. */
	key: string;
	/** Unix ms; at once without it. */
	runAtUtc?: number | undefined;
	/** keep: a job with this key that already waits keeps its time. replace: it takes this one's. */
	ifWaiting: "keep" | "replace";
}

/** Adds jobs to the queue in one statement. Web and sidecar alike; what hangs on a commit goes by the outbox instead. */
export async function enqueue(jobs: JobToAdd[]): Promise<void> {
	if (jobs.length === 0) return;
	await wirePool().query({
		name: "enqueue",
		text: `SELECT graphile_worker.add_job(task, payload, job_key := key, run_at := to_timestamp(run_at / 1000.0),
		              job_key_mode := CASE WHEN keeps THEN 'preserve_run_at' ELSE 'replace' END)
		       FROM unnest($1::text[], $2::json[], $3::text[], $4::float8[], $5::bool[]) AS j (task, payload, key, run_at, keeps)`,
		values: [
			jobs.map((job) => job.task),
			jobs.map((job) => JSON.stringify(job.payload)),
			jobs.map((job) => job.key),
			jobs.map((job) => job.runAtUtc ?? null),
			jobs.map((job) => job.ifWaiting === "keep"),
		],
	});
}
