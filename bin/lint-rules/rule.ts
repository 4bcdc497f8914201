import ts from "typescript";

/** A file of the tree as rules see it. `path` is relative to the root, with "/". */
export interface LintFile {
	path: string;
	text: string;
	/** Parsed on first use and kept: most rules look at few files. Only for TypeScript and JavaScript. */
	ast(): ts.SourceFile;
}

export interface Finding {
	path: string;
	/** From 1. */
	line: number;
	message: string;
}

/** One rule of the house. It sees the whole tree at once, because some rules compare files. */
export interface Rule {
	name: string;
	check(files: LintFile[]): Finding[];
}

export function lintFile(path: string, text: string): LintFile {
	let parsed: ts.SourceFile | undefined;
	return {
		path,
		text,
		ast() {
			parsed ??= ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
			return parsed;
		},
	};
}

export function isScript(path: string): boolean {
	return /\.(ts|tsx|mjs|js)$/.test(path);
}

/** Tests and what only tests use: they set up what they need as they please. */
export function isTest(path: string): boolean {
	return /\.test\.tsx?$/.test(path) || /(^|\/)testing\//.test(path) || path.startsWith("e2e/");
}

export function finding(file: LintFile, node: ts.Node, message: string): Finding {
	const { line } = file.ast().getLineAndCharacterOfPosition(node.getStart(file.ast()));
	return { path: file.path, line: line + 1, message };
}

export function lineAt(text: string, offset: number): number {
	let line = 1;
	for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) line++;
	return line;
}

/** Calls `visit` for every node below `node`, parents first. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
	ts.forEachChild(node, (child) => {
		visit(child);
		walk(child, visit);
	});
}
