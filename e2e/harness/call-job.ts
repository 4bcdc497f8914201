import pg from "pg";
import type { JobName } from "#jobs/catalog.ts";
import type { App } from "./start-app.ts";

/** Has a job run now that otherwise comes by the clock. */
export async function callJob(app: App, task: JobName): Promise<void> {
	const client = new pg.Client({ connectionString: app.wireUrl() });
	await client.connect();
	try {
		await client.query("SELECT graphile_worker.add_job($1, '{}')", [task]);
	} finally {
		await client.end();
	}
}
