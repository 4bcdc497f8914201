import { type Finding, type LintFile, lineAt, type Rule } from "./rule.ts";

const PHYSICAL: RegExp[] = [
	/(?<![\w-])(margin|padding|border|scroll-margin|scroll-padding)-(left|right)(-[a-z]+)?\s*:/g,
	/(?<![\w-])border-(top|bottom)-(left|right)-radius\s*:/g,
	/(?<![\w-])(left|right)\s*:/g,
	/(?<![\w-])(text-align|float|clear)\s*:\s*(left|right)\b/g,
];

/** The same in JSX: style={{ marginLeft }}, and Mantine's short props ml, mr, pl, pr. */
const PHYSICAL_JSX: RegExp[] = [
	/(?<!\w)(margin|padding|border)(Left|Right)\s*:/g,
	/(?<!\w)textAlign\s*:\s*["'](left|right)["']/g,
	/\s(ml|mr|pl|pr)=[{"]/g,
];

/**
 * The story: the Arabic cabinet had its menu's badge over the text and the figures of every table at the wrong edge: one
 * `margin-left` and one `text-align: right` per page, each mended with a `[dir=rtl]` rule that the next page forgot. Logical
 * properties (`margin-inline-start`, `text-align: end`) are right in both directions by themselves.
 */
export const logicalCss: Rule = {
	name: "logical-css",
	check(files) {
		return files.flatMap((file) => {
			if (file.path.endsWith(".css")) return search(file, withoutComments(file.text), PHYSICAL);
			return file.path.endsWith(".tsx") ? search(file, file.text, PHYSICAL_JSX) : [];
		});
	},
};

/** Same length, so that lines stay right. */
function withoutComments(text: string): string {
	return text.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, " "));
}

function search(file: LintFile, text: string, patterns: RegExp[]): Finding[] {
	return patterns.flatMap((pattern) =>
		[...text.matchAll(pattern)].map((match) => ({
			path: file.path,
			line: lineAt(text, match.index),
			message: `"${match[0].trim()}" is wrong in Arabic: use the logical property (inline-start, inline-end)`,
		})),
	);
}
