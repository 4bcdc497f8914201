import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { type DemoOptions, openStage, type Stage } from "./open-stage.ts";

/**
 * Call it once at the top of a file of stories: opens a stage before its tests and closes it after them. A test fails when
 * anything on the pages of its visits did: a script error, a console.error, a request that failed or was refused unexpectedly.
 */
export function stage(settings: Record<string, string> = {}, demo?: DemoOptions): Stage {
	const made = {} as Stage;
	beforeAll(async () => {
		Object.assign(made, await openStage(settings, demo));
	});
	afterEach(async () => {
		const problems = (await made.endVisits()).flatMap((visit) => visit.problems);
		expect(problems, "what went wrong on the pages").toEqual([]);
	});
	afterAll(async () => {
		// Where the stage could not be opened there is nothing to close.
		await made.close?.();
	});
	return made;
}
