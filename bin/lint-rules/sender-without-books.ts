import { importsOf, pathOf } from "./import-direction.ts";
import { type Finding, finding, type LintFile, type Rule } from "./rule.ts";

const SENDER = "jobs/sender.ts";
const BOOKS = /^db\//;
const BOOKS_PACKAGES = /^(better-sqlite3|drizzle-orm)($|\/)/;

/**
 * The story that it keeps from happening: a sending node has Postgres and nothing else. One import of a module that reads "just one row" of the
 * books, five files away from the sender, and it would open an empty file of its own, and believe it. So whatever the sender loads, however
 * far away, imports nothing of the books; types may be imported, they are gone when it runs.
 */
export const senderWithoutBooks: Rule = {
	name: "sender-without-books",
	check(files) {
		const byPath = new Map(files.map((file) => [file.path, file]));
		const findings: Finding[] = [];
		const seen = new Set([SENDER]);
		for (const path of seen) {
			const file = byPath.get(path);
			if (file) findings.push(...checkFile(file, seen));
		}
		return findings;
	},
};

/** Adds what the file loads to `seen`. */
function checkFile(file: LintFile, seen: Set<string>): Finding[] {
	const findings: Finding[] = [];
	for (const { node, name, isTypeOnly } of importsOf(file)) {
		if (isTypeOnly) continue;
		const target = pathOf(file.path, name);
		if (BOOKS.test(target ?? "") || (!target && BOOKS_PACKAGES.test(name)))
			findings.push(finding(file, node, `${SENDER} loads this file, which imports the books (${target ?? name})`));
		else if (target) seen.add(target);
	}
	return findings;
}
