import ts from "typescript";
import { type Finding, finding, isTest, type LintFile, type Rule, walk } from "./rule.ts";

/** Attributes and props whose value a person reads or hears. */
const READ_ATTRIBUTES = new Set([
	"title",
	"placeholder",
	"alt",
	"aria-label",
	"aria-description",
	"aria-roledescription",
	"aria-valuetext",
	"label",
	"legend",
	"caption",
	"heading",
	"description",
	"help",
	"hint",
	"error",
	"message",
]);

/** Elements whose text nobody reads as a sentence. */
const UNREAD_ELEMENTS = new Set(["style", "script", "code"]);

/** "UTC" is written so in every language. */
const hasLetter = { test: (text: string) => /\p{L}/u.test(text.replaceAll(/\bUTC\b/g, "")) };

/**
 * The story: the button "Send" stayed English in three of four languages for a year, since whoever tested it could read
 * English; and `aria-label="Close"` for longer, since nobody looked. Every text a person sees or hears comes from the
 * locale files. Signs without a letter ("·", "→", "%") are free.
 */
export const noLiteralText: Rule = {
	name: "no-literal-text",
	check: (files) => files.filter((file) => file.path.endsWith(".tsx") && !isTest(file.path)).flatMap(checkFile),
};

function checkFile(file: LintFile): Finding[] {
	const findings: Finding[] = [];
	const report = (node: ts.Node, text: string) =>
		findings.push(finding(file, node, `literal text ${JSON.stringify(text.trim().slice(0, 60))}: use t()`));
	walk(file.ast(), (node) => {
		if (ts.isJsxText(node) && hasLetter.test(node.text) && !isUnread(node.parent)) report(node, node.text);
		if (ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent) && !isUnread(node.parent))
			for (const text of literalsOf(node.expression)) report(text.node, text.text);
		if (ts.isJsxAttribute(node) && READ_ATTRIBUTES.has(node.name.getText(file.ast()))) {
			const value = node.initializer;
			if (value && ts.isStringLiteral(value) && hasLetter.test(value.text)) report(node, value.text);
			if (value && ts.isJsxExpression(value))
				for (const text of literalsOf(value.expression)) report(text.node, text.text);
		}
		if (isMetaTitle(node)) for (const text of literalsOf(node.initializer)) report(text.node, text.text);
	});
	return findings;
}

/** `{ title: "…" }` inside an exported `meta` function of a route. */
function isMetaTitle(node: ts.Node): node is ts.PropertyAssignment {
	if (!ts.isPropertyAssignment(node) || !ts.isIdentifier(node.name) || node.name.text !== "title") return false;
	for (let at: ts.Node = node; at.parent; at = at.parent) {
		const named = ts.isVariableDeclaration(at) || ts.isFunctionDeclaration(at) ? at.name : undefined;
		if (named && ts.isIdentifier(named) && named.text === "meta") return true;
	}
	return false;
}

function isUnread(parent: ts.Node): boolean {
	return ts.isJsxElement(parent) && UNREAD_ELEMENTS.has(parent.openingElement.tagName.getText());
}

/** The strings that an expression can itself become on the page: not the arguments of calls, not conditions. */
function literalsOf(expression: ts.Expression | undefined): { node: ts.Node; text: string }[] {
	if (!expression) return [];
	if (ts.isStringLiteral(expression) || ts.isNoSubstitutionTemplateLiteral(expression))
		return hasLetter.test(expression.text) ? [{ node: expression, text: expression.text }] : [];
	if (ts.isTemplateExpression(expression)) {
		const text = [expression.head.text, ...expression.templateSpans.map((span) => span.literal.text)].join("…");
		return hasLetter.test(text) ? [{ node: expression, text }] : [];
	}
	if (ts.isConditionalExpression(expression))
		return [...literalsOf(expression.whenTrue), ...literalsOf(expression.whenFalse)];
	if (ts.isParenthesizedExpression(expression)) return literalsOf(expression.expression);
	if (ts.isBinaryExpression(expression)) {
		const isChoice = ts.SyntaxKind.AmpersandAmpersandToken === expression.operatorToken.kind;
		const isSum = ts.SyntaxKind.PlusToken === expression.operatorToken.kind;
		const isElse =
			ts.SyntaxKind.BarBarToken === expression.operatorToken.kind ||
			ts.SyntaxKind.QuestionQuestionToken === expression.operatorToken.kind;
		if (isChoice) return literalsOf(expression.right);
		if (isSum || isElse) return [...literalsOf(expression.left), ...literalsOf(expression.right)];
	}
	return [];
}
