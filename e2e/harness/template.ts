import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { startApp } from "./start-app.ts";

/** Handed to the processes that the stories run in. */
const FOLDER = "STORIES_TEMPLATE";

/**
 * Starts an installation once, with its demo, and ends it as a person would: each file of stories begins with a copy of its data instead
 * of making a cluster, two schemas and the demo's people anew. Returns how to throw it away.
 */
export async function makeTemplate(): Promise<() => void> {
	const app = await startApp({}, { hasSecondViber: true });
	await app.end();
	process.env[FOLDER] = app.dataDir;
	return () => {
		delete process.env[FOLDER];
		rmSync(app.dataDir, { recursive: true, force: true });
	};
}

/** Fills the folder with the template's data, where there is one: owners and modes are Postgres's and must stay. */
export function copyTemplate(into: string): void {
	const template = process.env[FOLDER];
	if (!template) return;
	const { status, stderr } = spawnSync("cp", ["-a", `${template}/.`, into], { encoding: "utf8" });
	if (status !== 0) throw new Error(`the template cannot be copied: ${stderr}`);
}
