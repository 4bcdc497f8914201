import { existsSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { onStop } from "#app/lib/stop-with-parent.ts";
import { until } from "../../../e2e/harness/until.ts";
import { tell } from "./tell.ts";

const pool = new pg.Pool({ connectionString: process.env.JOBS_DATABASE_URL });
pool.on("error", () => {});
tell(`sidecar started ${process.pid}`);
setInterval(() => {}, 1_000);
onStop(async () => {
	tell("sidecar finishing");
	await pause(Number(process.env.FAKE_FINISH_MS ?? 0));
	const gate = process.env.FAKE_FINISH_GATE;
	if (gate) await until("the test's leave to finish", () => existsSync(gate));
	// What is in flight needs web's answers and Postgres to the end.
	await until("an answer of Postgres", () => pool.query("SELECT 1"));
	const answer = await fetch(`http://127.0.0.1:${process.env.PORT}/`).catch(() => undefined);
	tell(`sidecar stopped, web ${answer ? "up" : "down"}`);
});
