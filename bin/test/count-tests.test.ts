import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { addTally, countTests } from "./count-tests.ts";

function reportOf(testResults: { status: string; assertionResults: { status: string }[] }[]): string {
	const folder = mkdtempSync(join(tmpdir(), "count-tests-"));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	const of = (status: string) =>
		testResults.flatMap((file) => file.assertionResults).filter((result) => result.status === status).length;
	const path = join(folder, "report.json");
	const counts = {
		numPassedTests: of("passed"),
		numFailedTests: of("failed"),
		numPendingTests: of("skipped"),
		numTodoTests: 0,
	};
	writeFileSync(path, JSON.stringify({ ...counts, testResults }));
	return path;
}

const passed = { status: "passed" };
const failed = { status: "failed" };
const skipped = { status: "skipped" };

test("counts tests, and once each file that failed without a failed test", () => {
	const path = reportOf([
		{ status: "passed", assertionResults: [passed, passed, skipped] },
		{ status: "failed", assertionResults: [passed, failed] },
		// Could not be loaded.
		{ status: "failed", assertionResults: [] },
		// Its beforeAll failed.
		{ status: "failed", assertionResults: [skipped, skipped] },
	]);
	expect(countTests(path)).toEqual({ passed: 3, failed: 3, skipped: 3 });
	expect(addTally(countTests(path), { passed: 1, failed: 0, skipped: 0 })).toEqual({
		passed: 4,
		failed: 3,
		skipped: 3,
	});
});

test("a run that wrote no report passed nothing", () => {
	expect(countTests("/nowhere/report.json")).toEqual({ passed: 0, failed: 0, skipped: 0 });
});
