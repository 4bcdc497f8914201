import { readFileSync } from "node:fs";

export interface Tally {
	passed: number;
	failed: number;
	skipped: number;
}

interface Report {
	numPassedTests: number;
	numFailedTests: number;
	numPendingTests: number;
	numTodoTests: number;
	testResults: { status: string; assertionResults: unknown[] }[];
}

/** What vitest's JSON report says; nothing where it wrote none. A file that could not even be loaded is one failure. */
export function countTests(path: string): Tally {
	let report: Report;
	try {
		report = JSON.parse(readFileSync(path, "utf8")) as Report;
	} catch {
		return { passed: 0, failed: 0, skipped: 0 };
	}
	const unloadable = report.testResults.filter(
		(file) => file.status === "failed" && file.assertionResults.length === 0,
	);
	return {
		passed: report.numPassedTests,
		failed: report.numFailedTests + unloadable.length,
		skipped: report.numPendingTests + report.numTodoTests,
	};
}

export function addTally(a: Tally, b: Tally): Tally {
	return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}
