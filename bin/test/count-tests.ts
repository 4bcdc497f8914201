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
	testResults: { status: string; assertionResults: { status: string }[] }[];
}

/** What vitest's JSON report says; nothing where it wrote none. A file that could not be loaded, or whose hook failed, is one failure. */
export function countTests(path: string): Tally {
	let report: Report;
	try {
		report = JSON.parse(readFileSync(path, "utf8")) as Report;
	} catch {
		return { passed: 0, failed: 0, skipped: 0 };
	}
	const broken = report.testResults.filter(
		(file) => file.status === "failed" && !file.assertionResults.some((result) => result.status === "failed"),
	);
	return {
		passed: report.numPassedTests,
		failed: report.numFailedTests + broken.length,
		skipped: report.numPendingTests + report.numTodoTests,
	};
}

export function addTally(a: Tally, b: Tally): Tally {
	return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}
