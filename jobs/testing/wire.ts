import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, inject } from "vitest";
import { resetEnv } from "#app/lib/env.ts";
import { closeWire, wirePool } from "#jobs/wire/pool.ts";
import { receiptsCalled } from "#jobs/wire/store-receipt.ts";

/**
 * Gives this test file a queue and a wire of its own: a fresh copy of the migrated database, in JOBS_DATABASE_URL. Call it
 * once, at the top of the file: `await testWire()`. After the last test the pool is closed and the database dropped; a client
 * that was taken from the pool and never given back fails the file.
 *
 * @returns the copy's connection string, for child processes.
 */
export async function testWire(): Promise<string> {
	const template = inject("wireTemplateUrl");
	const name = `test_${randomUUID().replaceAll("-", "")}`;
	await onServer(template, `CREATE DATABASE ${name} TEMPLATE ${databaseOf(template)}`);
	const url = template.replace(/\/[^/?]+\?/, `/${name}?`);
	await closeWire();
	process.env.JOBS_DATABASE_URL = url;
	resetEnv();
	afterAll(async () => {
		await receiptsCalled();
		const pool = wirePool();
		const leaked = pool.totalCount - pool.idleCount;
		// A leaked client would keep end() waiting for ever: drop the database under it instead.
		if (leaked === 0) await closeWire();
		await onServer(template, `DROP DATABASE ${name} WITH (FORCE)`);
		if (leaked > 0) throw new Error(`${leaked} client(s) of the wire's pool were never given back`);
	});
	return url;
}

function databaseOf(url: string): string {
	return /\/([^/?]+)\?/.exec(url)![1]!;
}

/** From another database than the template: a database that somebody is connected to cannot be copied. */
async function onServer(template: string, sql: string): Promise<void> {
	const client = new pg.Client({ connectionString: template.replace(/\/[^/?]+\?/, "/postgres?") });
	await client.connect();
	try {
		await client.query(sql);
	} finally {
		await client.end();
	}
}
