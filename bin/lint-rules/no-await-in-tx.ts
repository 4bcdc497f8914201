import ts from "typescript";
import { type Finding, finding, isScript, type LintFile, type Rule, walk } from "./rule.ts";

/**
 * The story: better-sqlite3 commits when the transaction's function returns. A transfer was posted as
 * `inTx(async (tx) => { debit(tx); await rate(); credit(tx) })`: the function returned at the first `await`, the debit was
 * committed alone, and the credit ran outside of any transaction; a crash in between lost the money. The type of `inTx`
 * refuses a promise, but not an un-awaited async helper inside, nor `as never`.
 */
export const noAwaitInTx: Rule = {
	name: "no-await-in-tx",
	check: (files) =>
		files.filter((file) => isScript(file.path) && !/db\/tx\.test\.ts$/.test(file.path)).flatMap(checkFile),
};

const TRANSACTIONS = ["inTx", "inTxOnTwo", "readBooks"];

function checkFile(file: LintFile): Finding[] {
	if (!/\b(inTx|inTxOnTwo|readBooks)\b/.test(file.text)) return [];
	const findings: Finding[] = [];
	walk(file.ast(), (node) => {
		const called = ts.isCallExpression(node) ? nameOf(node.expression) : undefined;
		if (!ts.isCallExpression(node) || !TRANSACTIONS.includes(called ?? "")) return;
		for (const argument of node.arguments) {
			const body = ts.isIdentifier(argument) ? functionNamed(file, argument.text) : argument;
			if (!body) continue;
			if (isAsync(body)) findings.push(finding(file, argument, `the function of ${called} is async`));
			walk(body, (inner) => {
				if (ts.isAwaitExpression(inner) || (ts.isForOfStatement(inner) && inner.awaitModifier))
					findings.push(finding(file, inner, `await inside ${called}: it would run after the commit`));
				else if (isAsync(inner)) findings.push(finding(file, inner, `async function inside ${called}`));
				else if (ts.isCallExpression(inner) && ["then", "finally"].includes(nameOf(inner.expression) ?? ""))
					findings.push(finding(file, inner, `a promise is waited for inside ${called}`));
			});
		}
	});
	return findings;
}

function nameOf(expression: ts.Expression): string | undefined {
	if (ts.isIdentifier(expression)) return expression.text;
	return ts.isPropertyAccessExpression(expression) ? expression.name.text : undefined;
}

function isAsync(node: ts.Node): boolean {
	return (
		ts.isFunctionLike(node) &&
		ts.canHaveModifiers(node) &&
		(ts.getModifiers(node)?.some((modifier) => modifier.kind === ts.SyntaxKind.AsyncKeyword) ?? false)
	);
}

/** A function of this file that is passed by name. */
function functionNamed(file: LintFile, name: string): ts.Node | undefined {
	let found: ts.Node | undefined;
	walk(file.ast(), (node) => {
		if (ts.isFunctionDeclaration(node) && node.name?.text === name) found ??= node;
		if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.name.text === name && node.initializer)
			if (ts.isFunctionLike(node.initializer)) found ??= node.initializer;
	});
	return found;
}
