import ts from "typescript";
import { type Finding, finding, isScript, isTest, type LintFile, type Rule, walk } from "./rule.ts";

const LONGEST_PAUSE_MS = 100;

/**
 * The story: a test slept 500 ms "until the job has run". It passed at every desk and failed on the busy build machine; the
 * sleep became 2 s, then 5 s, and in the end the suite took an hour and still failed on Fridays. Wait for the condition, with a
 * deadline; the pause between two looks is short.
 */
export const noSleepInTests: Rule = {
	name: "no-sleep-in-tests",
	check: (files) => files.filter((file) => isScript(file.path) && isTest(file.path)).flatMap(checkFile),
};

function checkFile(file: LintFile): Finding[] {
	const findings: Finding[] = [];
	walk(file.ast(), (node) => {
		if (!ts.isCallExpression(node)) return;
		const name = ts.isIdentifier(node.expression)
			? node.expression.text
			: ts.isPropertyAccessExpression(node.expression)
				? node.expression.name.text
				: "";
		if (name === "waitForTimeout") findings.push(finding(file, node, "waitForTimeout: wait for a condition"));
		if (!["setTimeout", "sleep", "delay", "wait"].includes(name)) return;
		const pauseMs = node.arguments.find((argument) => ts.isNumericLiteral(argument));
		if (pauseMs && ts.isNumericLiteral(pauseMs) && Number(pauseMs.text) >= LONGEST_PAUSE_MS)
			findings.push(finding(file, node, `sleeps ${pauseMs.text} ms for luck: poll for a condition with a deadline`));
	});
	return findings;
}
