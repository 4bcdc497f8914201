import { lineAt, type Rule } from "./rule.ts";

const MACHINE_PATH = /(?<![\w.~-])(\/(work|home|Users)\/\w+|\/root\/|[A-Z]:\\Users\\)/g;

/**
 * The story: a test read its fixture by the full path of its author's home folder. It was green for the author and for the
 * build machine, which had been copied from the author's; the first stranger who cloned the repository saw it fail.
 */
export const noMachinePath: Rule = {
	name: "no-machine-path",
	check(files) {
		return files.flatMap((file) =>
			[...file.text.matchAll(MACHINE_PATH)].map((match) => ({
				path: file.path,
				line: lineAt(file.text, match.index),
				message: `${match[0]} is a path of one machine: use a path relative to the project, or the system's temporary folder`,
			})),
		);
	},
};
