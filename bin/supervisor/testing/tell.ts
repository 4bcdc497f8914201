import { appendFileSync } from "node:fs";

/** A line in the file that the test reads: it outlives whoever wrote it. */
export function tell(line: string): void {
	appendFileSync(process.env.FAKE_STORY!, `${line}\n`);
}
