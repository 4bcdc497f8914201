import { once } from "node:events";
import { cleanUp } from "./clean-up.ts";
import { lockRun } from "./guard-run.ts";

/** Waits for the end of the run that started it, which is the end of its input, and cleans up what that left. */
const [folder] = process.argv.slice(2);
if (!folder) throw new Error("which folder?");
process.stdin.resume();
await once(process.stdin, "end");
const lock = lockRun(folder);
// Another run has begun: it has cleaned up itself.
if (lock) {
	await cleanUp(folder);
	lock.release();
}
