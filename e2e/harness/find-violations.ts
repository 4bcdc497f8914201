import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { rememberContrast } from "./remember-contrast.ts";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"];

interface AxeNode {
	target: unknown[];
	failureSummary?: string;
}

/** Every page that comes from now on brings axe along: that costs less than to send it there for each. */
export async function bringAxe(page: Page): Promise<void> {
	await page.addInitScript(source);
}

/** What axe finds on the page as it stands by WCAG 2.1 A and AA and its best practices: one line for each rule and element. */
export async function findViolations(page: Page): Promise<string[]> {
	if (!(await page.evaluate("'axe' in window"))) await page.evaluate(`${source}; undefined`);
	const remember = await rememberContrast(page);
	const found = await page.evaluate<{ id: string; help: string; nodes: AxeNode[] }[]>(
		`axe.run(document, { runOnly: ${JSON.stringify(TAGS)}, resultTypes: ["violations"] }).then((result) => result.violations)`,
	);
	await remember();
	return found.flatMap(({ id, help, nodes }) =>
		nodes.map((node) => {
			const why = node.failureSummary?.split("\n").slice(1).join("; ").trim() ?? "";
			return `${id} (${help}) at ${node.target.join(" ")}: ${why}`;
		}),
	);
}
